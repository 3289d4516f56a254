; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: Of all the inputs of SET over a small memory, each is in exactly one class.
; expect: unsat
; uses: bit-vectors words
; breakage: itself: "(define-fun selects-none () Bool (= selected #x00))" -> "(define-fun selects-none () Bool (not (= selected #x00)))"
; order: layout unreadable not-enabled not-used flag-bits no-memory missing asked start mask value
; trace if one-slot: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true}
; trace if two-slots: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x20","dirty_log":true}
; trace if two-slots: {"op":"create_slot","id":1,"base_gfn":"<hex second-base>","pages":"<hex second-pages>","dirty_log":true}
; trace if enabled-before: {"op":"enable_cmma"}
; trace if used-before: {"op":"create_vcpu"}
; trace if used-before: {"op":"essa","gfn":"0x0","orc":4}
; call: {"op":"set","start_gfn":"<hex start>","count":<number asked>,"mask":"<hex mask>","values":"<bytes value bytes>"}
; field if unreadable: "argument":"unreadable"
; field if no-memory: "allocation":"fails"
; field if with-flags: "flags":"<hex flag-bits>"
; then if enabled-before: {"op":"get","start_gfn":"0x0","count":256,"flags":"0x1"}
; class: set-with-an-unreadable-struct EFAULT SET-CHECK-1
; class: set-without-cmma ENXIO SET-CHECK-2
; class: set-with-the-flag-peek EINVAL SET-CHECK-3
; class: set-with-an-unknown-flag EINVAL SET-CHECK-3
; class: set-of-too-many-values EINVAL SET-CHECK-4
; class: set-of-no-values ok SET-CHECK-5 SET-USED-2
; class: set-without-memory ENOMEM SET-CHECK-6
; class: set-from-a-buffer-that-is-too-short EFAULT SET-CHECK-7 SET-USED-2
; class: set-at-a-missing-page-past-the-end EFAULT SET-WALK-1 SET-USED-1
; class: set-at-a-missing-page-between-slots EFAULT SET-WALK-1 SET-USED-1
; class: set-comes-to-the-end-of-memory EFAULT SET-WALK-1 SET-USED-1
; class: set-comes-to-a-missing-page-between-slots EFAULT SET-WALK-1 SET-USED-1
; class: set-of-all-bits-where-cmma-was-used ok SET-MASK-1
; class: set-of-all-bits-and-idle-bits-where-cmma-was-used ok SET-MASK-2
; class: set-of-all-bits-where-cmma-was-never-used ok SET-MASK-1 SET-USED-1
; class: set-of-all-bits-and-idle-bits-where-cmma-was-never-used ok SET-MASK-2 SET-USED-1
; class: set-of-some-bits-where-cmma-was-used ok SET-MASK-1
; class: set-of-some-bits-and-idle-bits-where-cmma-was-used ok SET-MASK-2
; class: set-of-some-bits-where-cmma-was-never-used ok SET-MASK-1 SET-USED-1
; class: set-of-some-bits-and-idle-bits-where-cmma-was-never-used ok SET-MASK-2 SET-USED-1
; class: set-of-no-bits-where-cmma-was-used ok SET-MASK-1
; class: set-of-no-bits-and-idle-bits-where-cmma-was-used ok SET-MASK-2
; class: set-of-no-bits-where-cmma-was-never-used ok SET-MASK-1 SET-USED-1
; class: set-of-no-bits-and-idle-bits-where-cmma-was-never-used ok SET-MASK-2 SET-USED-1
; The memory: pages 0 to 255 in one slot (layout 0), in two slots that meet at page 32 (1), or with pages 32 to 39 missing between them (2).
(declare-const layout (_ BitVec 8))
(assert (bvule layout #x02))
(define-fun one-slot () Bool (= layout #x00))
(define-fun two-slots () Bool (not one-slot))
(define-fun second-base () Word (ite (= layout #x02) #x0000000000000028 #x0000000000000020))
(define-fun second-pages () Word (bvsub #x0000000000000100 second-base))
(define-fun page-exists ((page Word)) Bool
  (and (bvult page #x0000000000000100)
       (=> (= layout #x02) (or (bvult page #x0000000000000020) (bvule #x0000000000000028 page)))))
; What is on. Where the guest has used CMMA, it made the first page potentially volatile.
(declare-const not-enabled Bool)
(declare-const not-used Bool)
(define-fun enabled-before () Bool (not not-enabled))
(define-fun used-before () Bool (not not-used))
(assert (=> not-enabled not-used))
; The arguments: every value is the same byte. Of the buffer some bytes may be missing at its end; it has no more than 4096.
(declare-const start Word)
(declare-const asked Number)
(declare-const mask Word)
(declare-const value (_ BitVec 8))
(assert (= (bvand value #x41) #x41)) ; so that it shows which bits were selected
(declare-const unreadable Bool)
(declare-const no-memory Bool)
(declare-const flag-bits Number)
(declare-const missing Number)
(define-fun with-flags () Bool (not (= flag-bits #x00000000)))
(define-fun too-many () Bool (bvugt asked #x00100000))
(assert (bvule missing asked))
(define-fun bytes () Number (ite (or unreadable too-many) #x00000000 (bvsub asked missing)))

; How many pages exist from the start on, one after another; at most 256.
(define-fun room-to () Word (ite (and (= layout #x02) (bvult start #x0000000000000020)) #x0000000000000020 #x0000000000000100))
(define-fun pages-there () Word (ite (page-exists start) (bvsub room-to start) #x0000000000000000))
(define-fun comes-to-the-end () Bool (bvult pages-there ((_ zero_extend 32) asked)))
; The attribute bits that the mask selects, the bits of the mask that select none, and those of the value that are no attributes.
(define-fun selected () (_ BitVec 8) (words-selected-bits mask))
(define-fun selects-all () Bool (= selected #x43))
(define-fun selects-none () Bool (= selected #x00))
(define-fun idle-bits () Bool
  (not (and (= (bvand mask #xffffffffbcffffff) #x0000000000000000) (= (bvand value (bvnot #x43)) #x00))))

; The checks in their order, and that none of them strikes.
(define-fun is-let-in () Bool (and (not unreadable) enabled-before (not with-flags) (not too-many)))
(define-fun starts () Bool (and is-let-in (not (= asked #x00000000))))
(define-fun walks () Bool (and starts (not no-memory) (= missing #x00000000)))
(define-fun succeeds () Bool (and walks (not comes-to-the-end)))

; The classes.
(define-fun set-with-an-unreadable-struct () Bool
  unreadable)
(define-fun set-without-cmma () Bool
  (and (not unreadable) not-enabled))
(define-fun set-with-the-flag-peek () Bool
  (and (not unreadable) enabled-before (= flag-bits #x00000001)))
(define-fun set-with-an-unknown-flag () Bool
  (and (not unreadable) enabled-before with-flags (not (= flag-bits #x00000001))))
(define-fun set-of-too-many-values () Bool
  (and (not unreadable) enabled-before (not with-flags) too-many))
(define-fun set-of-no-values () Bool
  (and is-let-in (= asked #x00000000)))
(define-fun set-without-memory () Bool
  (and starts no-memory))
(define-fun set-from-a-buffer-that-is-too-short () Bool
  (and starts (not no-memory) (not (= missing #x00000000))))
(define-fun set-at-a-missing-page-past-the-end () Bool
  (and walks comes-to-the-end (not (page-exists start)) (bvuge start #x0000000000000100)))
(define-fun set-at-a-missing-page-between-slots () Bool
  (and walks comes-to-the-end (not (page-exists start)) (bvult start #x0000000000000100)))
(define-fun set-comes-to-the-end-of-memory () Bool
  (and walks comes-to-the-end (page-exists start) (= room-to #x0000000000000100)))
(define-fun set-comes-to-a-missing-page-between-slots () Bool
  (and walks comes-to-the-end (page-exists start) (not (= room-to #x0000000000000100))))
(define-fun set-of-all-bits-where-cmma-was-used () Bool
  (and succeeds selects-all used-before (not idle-bits)))
(define-fun set-of-all-bits-and-idle-bits-where-cmma-was-used () Bool
  (and succeeds selects-all used-before idle-bits))
(define-fun set-of-all-bits-where-cmma-was-never-used () Bool
  (and succeeds selects-all not-used (not idle-bits)))
(define-fun set-of-all-bits-and-idle-bits-where-cmma-was-never-used () Bool
  (and succeeds selects-all not-used idle-bits))
(define-fun set-of-some-bits-where-cmma-was-used () Bool
  (and succeeds (not selects-all) (not selects-none) used-before (not idle-bits)))
(define-fun set-of-some-bits-and-idle-bits-where-cmma-was-used () Bool
  (and succeeds (not selects-all) (not selects-none) used-before idle-bits))
(define-fun set-of-some-bits-where-cmma-was-never-used () Bool
  (and succeeds (not selects-all) (not selects-none) not-used (not idle-bits)))
(define-fun set-of-some-bits-and-idle-bits-where-cmma-was-never-used () Bool
  (and succeeds (not selects-all) (not selects-none) not-used idle-bits))
(define-fun set-of-no-bits-where-cmma-was-used () Bool
  (and succeeds selects-none used-before (not idle-bits)))
(define-fun set-of-no-bits-and-idle-bits-where-cmma-was-used () Bool
  (and succeeds selects-none used-before idle-bits))
(define-fun set-of-no-bits-where-cmma-was-never-used () Bool
  (and succeeds selects-none not-used (not idle-bits)))
(define-fun set-of-no-bits-and-idle-bits-where-cmma-was-never-used () Bool
  (and succeeds selects-none not-used idle-bits))

; Every possible input is in exactly one class.
; partition

; All of them.
(push 1)
; refute
(assert (not (= #x01 (bvadd
  (ite set-with-an-unreadable-struct #x01 #x00)
  (ite set-without-cmma #x01 #x00)
  (ite set-with-the-flag-peek #x01 #x00)
  (ite set-with-an-unknown-flag #x01 #x00)
  (ite set-of-too-many-values #x01 #x00)
  (ite set-of-no-values #x01 #x00)
  (ite set-without-memory #x01 #x00)
  (ite set-from-a-buffer-that-is-too-short #x01 #x00)
  (ite set-at-a-missing-page-past-the-end #x01 #x00)
  (ite set-at-a-missing-page-between-slots #x01 #x00)
  (ite set-comes-to-the-end-of-memory #x01 #x00)
  (ite set-comes-to-a-missing-page-between-slots #x01 #x00)
  (ite set-of-all-bits-where-cmma-was-used #x01 #x00)
  (ite set-of-all-bits-and-idle-bits-where-cmma-was-used #x01 #x00)
  (ite set-of-all-bits-where-cmma-was-never-used #x01 #x00)
  (ite set-of-all-bits-and-idle-bits-where-cmma-was-never-used #x01 #x00)
  (ite set-of-some-bits-where-cmma-was-used #x01 #x00)
  (ite set-of-some-bits-and-idle-bits-where-cmma-was-used #x01 #x00)
  (ite set-of-some-bits-where-cmma-was-never-used #x01 #x00)
  (ite set-of-some-bits-and-idle-bits-where-cmma-was-never-used #x01 #x00)
  (ite set-of-no-bits-where-cmma-was-used #x01 #x00)
  (ite set-of-no-bits-and-idle-bits-where-cmma-was-used #x01 #x00)
  (ite set-of-no-bits-where-cmma-was-never-used #x01 #x00)
  (ite set-of-no-bits-and-idle-bits-where-cmma-was-never-used #x01 #x00)))))
(check-sat)
(pop 1)
