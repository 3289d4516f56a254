; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: Of all the inputs of GET over a small memory, each is in exactly one class.
; expect: unsat
; uses: bit-vectors words
; cvc5 options: --bitblast=eager
; breakage: itself: "(bvuge clean-between #x00000010)" -> "(bvugt clean-between #x00000010)"
; order: layout unreadable not-enabled not-used not-migrating flag-bits no-memory unwritable missing asked start marks
; trace if one-slot: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true}
; trace if two-slots: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x20","dirty_log":true}
; trace if two-slots: {"op":"create_slot","id":1,"base_gfn":"<hex second-base>","pages":"<hex second-pages>","dirty_log":true}
; trace if migrating-before: {"op":"start_migration"}
; trace if enabled-before: {"op":"enable_cmma"}
; trace if used-before: {"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"00"}
; trace if any-mark: {"op":"create_vcpu"}
; trace for each bit of marks: {"op":"essa","gfn":"<hex bit>","orc":2}
; call: {"op":"get","start_gfn":"<hex start>","count":<number asked>}
; field if unreadable: "argument":"unreadable"
; field if unwritable: "argument":"read_only"
; field if no-memory: "allocation":"fails"
; field if bytes-are-missing: "buffer_bytes":<number bytes>
; field if with-flags: "flags":"<hex flag-bits>"
; answer: {"start_gfn":"<hex first>","count":<number length>}
; then if enabled-before: {"op":"get","start_gfn":"0x0","count":64}
; class: get-with-an-unreadable-struct EFAULT GET-CHECK-1
; class: get-without-cmma ENXIO GET-CHECK-2
; class: get-with-an-unknown-flag EINVAL GET-CHECK-3
; class: get-without-migration-mode EINVAL GET-CHECK-4
; class: get-of-no-values zeros GET-CHECK-5 GET-ZERO-1
; class: get-where-cmma-was-never-used zeros GET-CHECK-5 GET-ZERO-1
; class: get-where-nothing-is-dirty zeros GET-CHECK-6 GET-ZERO-1
; class: get-of-zeros-that-cannot-be-written EFAULT GET-ZERO-2
; class: get-without-memory ENOMEM GET-CHECK-7
; class: get-into-a-buffer-that-is-too-short EFAULT GET-CHECK-8 GET-BLOCK-8
; class: get-into-a-read-only-struct EFAULT GET-CHECK-9 GET-BLOCK-8
; class: get-from-start-to-last-mark-all-dirty ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-7
; class: get-from-start-to-last-mark-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-last-mark-bridging-15 ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-16-clean-pages-all-dirty ok GET-BLOCK-1 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-16-clean-pages-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-16-clean-pages-bridging-15 ok GET-BLOCK-1 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-a-hole-all-dirty ok GET-BLOCK-1 GET-BLOCK-5 GET-BLOCK-7
; class: get-from-start-to-a-hole-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-5 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-a-hole-bridging-15 ok GET-BLOCK-1 GET-BLOCK-5 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-buffer-end-all-dirty ok GET-BLOCK-1 GET-BLOCK-6 GET-BLOCK-7
; class: get-from-start-to-buffer-end-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-buffer-end-bridging-15 ok GET-BLOCK-1 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-last-mark-and-buffer-end-all-dirty ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-7
; class: get-from-start-to-last-mark-and-buffer-end-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-start-to-last-mark-and-buffer-end-bridging-15 ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-last-mark-all-dirty ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-7
; class: get-past-start-to-last-mark-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-last-mark-bridging-15 ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-16-clean-pages-all-dirty ok GET-BLOCK-1 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-16-clean-pages-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-16-clean-pages-bridging-15 ok GET-BLOCK-1 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-a-hole-all-dirty ok GET-BLOCK-1 GET-BLOCK-5 GET-BLOCK-7
; class: get-past-start-to-a-hole-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-5 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-a-hole-bridging-15 ok GET-BLOCK-1 GET-BLOCK-5 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-buffer-end-all-dirty ok GET-BLOCK-1 GET-BLOCK-6 GET-BLOCK-7
; class: get-past-start-to-buffer-end-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-buffer-end-bridging-15 ok GET-BLOCK-1 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-last-mark-and-buffer-end-all-dirty ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-7
; class: get-past-start-to-last-mark-and-buffer-end-bridging-a-few ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-past-start-to-last-mark-and-buffer-end-bridging-15 ok GET-BLOCK-1 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-last-mark-all-dirty ok GET-BLOCK-2 GET-BLOCK-3 GET-BLOCK-7
; class: get-from-lowest-to-last-mark-bridging-a-few ok GET-BLOCK-2 GET-BLOCK-3 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-last-mark-bridging-15 ok GET-BLOCK-2 GET-BLOCK-3 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-16-clean-pages-all-dirty ok GET-BLOCK-2 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-16-clean-pages-bridging-a-few ok GET-BLOCK-2 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-16-clean-pages-bridging-15 ok GET-BLOCK-2 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-a-hole-all-dirty ok GET-BLOCK-2 GET-BLOCK-5 GET-BLOCK-7
; class: get-from-lowest-to-a-hole-bridging-a-few ok GET-BLOCK-2 GET-BLOCK-5 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-a-hole-bridging-15 ok GET-BLOCK-2 GET-BLOCK-5 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-buffer-end-all-dirty ok GET-BLOCK-2 GET-BLOCK-6 GET-BLOCK-7
; class: get-from-lowest-to-buffer-end-bridging-a-few ok GET-BLOCK-2 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-buffer-end-bridging-15 ok GET-BLOCK-2 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-last-mark-and-buffer-end-all-dirty ok GET-BLOCK-2 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-7
; class: get-from-lowest-to-last-mark-and-buffer-end-bridging-a-few ok GET-BLOCK-2 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
; class: get-from-lowest-to-last-mark-and-buffer-end-bridging-15 ok GET-BLOCK-2 GET-BLOCK-3 GET-BLOCK-6 GET-BLOCK-4 GET-BLOCK-7
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
; What is on.
(declare-const not-enabled Bool)
(declare-const not-used Bool)
(declare-const not-migrating Bool)
(define-fun enabled-before () Bool (not not-enabled))
(define-fun used-before () Bool (not not-used))
(define-fun migrating-before () Bool (not not-migrating))
(assert (=> not-enabled not-used))
; The dirty pages, all among the first 64: bit 0 is page 0. A dirty page is unused, the others are stable.
(declare-const marks Word)
(define-fun any-mark () Bool (not (= marks #x0000000000000000)))
(assert (=> any-mark (and migrating-before enabled-before)))
(assert (=> (= layout #x02) (= (bvand marks (words-bits-between #x00000020 #x00000028)) #x0000000000000000)))
; The arguments. Of the buffer some bytes may be missing at its end.
(declare-const start Word)
(declare-const asked Number)
(declare-const unreadable Bool)
(declare-const unwritable Bool)
(declare-const no-memory Bool)
(declare-const missing Number)
(define-fun limit () Number (ite (bvugt asked #x00100000) #x00100000 asked))
(assert (bvule missing limit))
(define-fun bytes () Number (bvsub limit missing))
(define-fun bytes-are-missing () Bool (not (= missing #x00000000)))
(declare-const flag-bits Number)
(assert (not (= flag-bits #x00000001))) ; that is PEEK
(define-fun with-flags () Bool (not (= flag-bits #x00000000)))

; The block: its first page, and from there on the marks as a word of their own, whose bit 0 is that page. GET-BLOCK-1, GET-BLOCK-2
(define-fun at-or-after-start () Number (words-next-set marks (ite (bvult start #x0000000000000040) ((_ extract 31 0) start) #x00000040)))
(define-fun again-from-lowest () Bool (= at-or-after-start #x00000040))
(define-fun first () Number (ite again-from-lowest (words-next-set marks #x00000000) at-or-after-start))
(define-fun marks-from-first () Word (bvlshr marks ((_ zero_extend 32) first)))
; How far it can go: to 16 clean pages in a row, to the hole, to the end of the buffer. GET-BLOCK-4, GET-BLOCK-5, GET-BLOCK-6
(define-fun at-most ((a Number) (b Number)) Number (ite (bvult a b) a b))
(define-fun sixteen-clean () Number (words-trailing-zero-count (words-starts-of-16 (bvnot marks-from-first))))
(define-fun below-the-hole () Bool (and (= layout #x02) (bvult first #x00000020)))
(define-fun hole () Number (ite below-the-hole (bvsub #x00000020 first) #x00000040))
(define-fun taken () Word
  (bvand marks-from-first (words-bits-below (at-most (at-most sixteen-clean hole) (at-most limit #x00000040)))))
(define-fun length () Number (words-end-of-set taken))               ; GET-BLOCK-3
; The next dirty page above the block, as bits from the first page; 64 if there is none. How many clean pages lie between.
(define-fun next () Number (words-next-set marks-from-first length))
(define-fun none-next () Bool (= next #x00000040))
(define-fun clean-between () Number (bvsub next length))
(define-fun far-next () Bool (bvuge clean-between #x00000010))
(define-fun hole-before-next () Bool (and below-the-hole (bvugt (bvadd first next) #x00000020)))
; Is the buffer what ends the block? Then there is no room for the next dirty page, or no room at all. Else one of the other three.
(define-fun room-for-next () Bool (ite none-next (bvult length limit) (bvult next limit)))
; The clean pages in the block: none, fewer than 15 in a row, or 15 in a row.
(define-fun clean-inside () Word (bvand (bvnot taken) (words-bits-below length)))
(define-fun of-2 () Word (bvand clean-inside (bvlshr clean-inside #x0000000000000001)))
(define-fun of-4 () Word (bvand of-2 (bvlshr of-2 #x0000000000000002)))
(define-fun of-8 () Word (bvand of-4 (bvlshr of-4 #x0000000000000004)))
(define-fun of-15 () Word (bvand of-8 (bvlshr of-8 #x0000000000000007)))

; The checks in their order, and that none of them strikes.
(define-fun says-nothing () Bool (or (= asked #x00000000) not-used (not any-mark)))
(define-fun is-let-in () Bool (and (not unreadable) enabled-before (not with-flags) migrating-before))
(define-fun walks () Bool (and is-let-in (not says-nothing) (not no-memory)))
(define-fun faults () Bool (bvugt length bytes))
(define-fun answers () Bool (and walks (not faults) (not unwritable)))

; Where the block begins, where it ends and why, and which clean pages it bridges.
(define-fun goes-from-start () Bool (and (not again-from-lowest) (= ((_ zero_extend 32) first) start)))
(define-fun goes-past-start () Bool (and (not again-from-lowest) (not (= ((_ zero_extend 32) first) start))))
(define-fun goes-from-lowest () Bool again-from-lowest)
(define-fun goes-to-last-mark () Bool (and room-for-next none-next))
(define-fun goes-to-16-clean-pages () Bool (and room-for-next (not none-next) far-next))
(define-fun goes-to-a-hole () Bool (and room-for-next (not none-next) (not far-next) hole-before-next))
(define-fun goes-to-buffer-end () Bool (and (not room-for-next) (not none-next)))
(define-fun goes-to-last-mark-and-buffer-end () Bool (and (not room-for-next) none-next))
(define-fun is-all-dirty () Bool (= clean-inside #x0000000000000000))
(define-fun is-bridging-a-few () Bool (and (not (= clean-inside #x0000000000000000)) (= of-15 #x0000000000000000)))
(define-fun is-bridging-15 () Bool (not (= of-15 #x0000000000000000)))

; The classes.
(define-fun get-with-an-unreadable-struct () Bool
  unreadable)
(define-fun get-without-cmma () Bool
  (and (not unreadable) not-enabled))
(define-fun get-with-an-unknown-flag () Bool
  (and (not unreadable) enabled-before with-flags))
(define-fun get-without-migration-mode () Bool
  (and (not unreadable) enabled-before (not with-flags) not-migrating))
(define-fun get-of-no-values () Bool
  (and is-let-in (= asked #x00000000) (not unwritable)))
(define-fun get-where-cmma-was-never-used () Bool
  (and is-let-in (not (= asked #x00000000)) not-used (not unwritable)))
(define-fun get-where-nothing-is-dirty () Bool
  (and is-let-in (not (= asked #x00000000)) used-before (not any-mark) (not unwritable)))
(define-fun get-of-zeros-that-cannot-be-written () Bool
  (and is-let-in says-nothing unwritable))
(define-fun get-without-memory () Bool
  (and is-let-in (not says-nothing) no-memory))
(define-fun get-into-a-buffer-that-is-too-short () Bool
  (and walks faults))
(define-fun get-into-a-read-only-struct () Bool
  (and walks (not faults) unwritable))
(define-fun get-from-start-to-last-mark-all-dirty () Bool
  (and answers goes-from-start goes-to-last-mark is-all-dirty))
(define-fun get-from-start-to-last-mark-bridging-a-few () Bool
  (and answers goes-from-start goes-to-last-mark is-bridging-a-few))
(define-fun get-from-start-to-last-mark-bridging-15 () Bool
  (and answers goes-from-start goes-to-last-mark is-bridging-15))
(define-fun get-from-start-to-16-clean-pages-all-dirty () Bool
  (and answers goes-from-start goes-to-16-clean-pages is-all-dirty))
(define-fun get-from-start-to-16-clean-pages-bridging-a-few () Bool
  (and answers goes-from-start goes-to-16-clean-pages is-bridging-a-few))
(define-fun get-from-start-to-16-clean-pages-bridging-15 () Bool
  (and answers goes-from-start goes-to-16-clean-pages is-bridging-15))
(define-fun get-from-start-to-a-hole-all-dirty () Bool
  (and answers goes-from-start goes-to-a-hole is-all-dirty))
(define-fun get-from-start-to-a-hole-bridging-a-few () Bool
  (and answers goes-from-start goes-to-a-hole is-bridging-a-few))
(define-fun get-from-start-to-a-hole-bridging-15 () Bool
  (and answers goes-from-start goes-to-a-hole is-bridging-15))
(define-fun get-from-start-to-buffer-end-all-dirty () Bool
  (and answers goes-from-start goes-to-buffer-end is-all-dirty))
(define-fun get-from-start-to-buffer-end-bridging-a-few () Bool
  (and answers goes-from-start goes-to-buffer-end is-bridging-a-few))
(define-fun get-from-start-to-buffer-end-bridging-15 () Bool
  (and answers goes-from-start goes-to-buffer-end is-bridging-15))
(define-fun get-from-start-to-last-mark-and-buffer-end-all-dirty () Bool
  (and answers goes-from-start goes-to-last-mark-and-buffer-end is-all-dirty))
(define-fun get-from-start-to-last-mark-and-buffer-end-bridging-a-few () Bool
  (and answers goes-from-start goes-to-last-mark-and-buffer-end is-bridging-a-few))
(define-fun get-from-start-to-last-mark-and-buffer-end-bridging-15 () Bool
  (and answers goes-from-start goes-to-last-mark-and-buffer-end is-bridging-15))
(define-fun get-past-start-to-last-mark-all-dirty () Bool
  (and answers goes-past-start goes-to-last-mark is-all-dirty))
(define-fun get-past-start-to-last-mark-bridging-a-few () Bool
  (and answers goes-past-start goes-to-last-mark is-bridging-a-few))
(define-fun get-past-start-to-last-mark-bridging-15 () Bool
  (and answers goes-past-start goes-to-last-mark is-bridging-15))
(define-fun get-past-start-to-16-clean-pages-all-dirty () Bool
  (and answers goes-past-start goes-to-16-clean-pages is-all-dirty))
(define-fun get-past-start-to-16-clean-pages-bridging-a-few () Bool
  (and answers goes-past-start goes-to-16-clean-pages is-bridging-a-few))
(define-fun get-past-start-to-16-clean-pages-bridging-15 () Bool
  (and answers goes-past-start goes-to-16-clean-pages is-bridging-15))
(define-fun get-past-start-to-a-hole-all-dirty () Bool
  (and answers goes-past-start goes-to-a-hole is-all-dirty))
(define-fun get-past-start-to-a-hole-bridging-a-few () Bool
  (and answers goes-past-start goes-to-a-hole is-bridging-a-few))
(define-fun get-past-start-to-a-hole-bridging-15 () Bool
  (and answers goes-past-start goes-to-a-hole is-bridging-15))
(define-fun get-past-start-to-buffer-end-all-dirty () Bool
  (and answers goes-past-start goes-to-buffer-end is-all-dirty))
(define-fun get-past-start-to-buffer-end-bridging-a-few () Bool
  (and answers goes-past-start goes-to-buffer-end is-bridging-a-few))
(define-fun get-past-start-to-buffer-end-bridging-15 () Bool
  (and answers goes-past-start goes-to-buffer-end is-bridging-15))
(define-fun get-past-start-to-last-mark-and-buffer-end-all-dirty () Bool
  (and answers goes-past-start goes-to-last-mark-and-buffer-end is-all-dirty))
(define-fun get-past-start-to-last-mark-and-buffer-end-bridging-a-few () Bool
  (and answers goes-past-start goes-to-last-mark-and-buffer-end is-bridging-a-few))
(define-fun get-past-start-to-last-mark-and-buffer-end-bridging-15 () Bool
  (and answers goes-past-start goes-to-last-mark-and-buffer-end is-bridging-15))
(define-fun get-from-lowest-to-last-mark-all-dirty () Bool
  (and answers goes-from-lowest goes-to-last-mark is-all-dirty))
(define-fun get-from-lowest-to-last-mark-bridging-a-few () Bool
  (and answers goes-from-lowest goes-to-last-mark is-bridging-a-few))
(define-fun get-from-lowest-to-last-mark-bridging-15 () Bool
  (and answers goes-from-lowest goes-to-last-mark is-bridging-15))
(define-fun get-from-lowest-to-16-clean-pages-all-dirty () Bool
  (and answers goes-from-lowest goes-to-16-clean-pages is-all-dirty))
(define-fun get-from-lowest-to-16-clean-pages-bridging-a-few () Bool
  (and answers goes-from-lowest goes-to-16-clean-pages is-bridging-a-few))
(define-fun get-from-lowest-to-16-clean-pages-bridging-15 () Bool
  (and answers goes-from-lowest goes-to-16-clean-pages is-bridging-15))
(define-fun get-from-lowest-to-a-hole-all-dirty () Bool
  (and answers goes-from-lowest goes-to-a-hole is-all-dirty))
(define-fun get-from-lowest-to-a-hole-bridging-a-few () Bool
  (and answers goes-from-lowest goes-to-a-hole is-bridging-a-few))
(define-fun get-from-lowest-to-a-hole-bridging-15 () Bool
  (and answers goes-from-lowest goes-to-a-hole is-bridging-15))
(define-fun get-from-lowest-to-buffer-end-all-dirty () Bool
  (and answers goes-from-lowest goes-to-buffer-end is-all-dirty))
(define-fun get-from-lowest-to-buffer-end-bridging-a-few () Bool
  (and answers goes-from-lowest goes-to-buffer-end is-bridging-a-few))
(define-fun get-from-lowest-to-buffer-end-bridging-15 () Bool
  (and answers goes-from-lowest goes-to-buffer-end is-bridging-15))
(define-fun get-from-lowest-to-last-mark-and-buffer-end-all-dirty () Bool
  (and answers goes-from-lowest goes-to-last-mark-and-buffer-end is-all-dirty))
(define-fun get-from-lowest-to-last-mark-and-buffer-end-bridging-a-few () Bool
  (and answers goes-from-lowest goes-to-last-mark-and-buffer-end is-bridging-a-few))
(define-fun get-from-lowest-to-last-mark-and-buffer-end-bridging-15 () Bool
  (and answers goes-from-lowest goes-to-last-mark-and-buffer-end is-bridging-15))

; Every possible input is in exactly one class.
; partition

; No answer in one way, or an answer.
(push 1)
; refute
(assert (not (= #x01 (bvadd
  (ite get-with-an-unreadable-struct #x01 #x00)
  (ite get-without-cmma #x01 #x00)
  (ite get-with-an-unknown-flag #x01 #x00)
  (ite get-without-migration-mode #x01 #x00)
  (ite get-of-no-values #x01 #x00)
  (ite get-where-cmma-was-never-used #x01 #x00)
  (ite get-where-nothing-is-dirty #x01 #x00)
  (ite get-of-zeros-that-cannot-be-written #x01 #x00)
  (ite get-without-memory #x01 #x00)
  (ite get-into-a-buffer-that-is-too-short #x01 #x00)
  (ite get-into-a-read-only-struct #x01 #x00)
  (ite answers #x01 #x00)))))
(check-sat)
(pop 1)

; An answer begins in one of three ways,
(push 1)
(assert answers)
; refute
(assert (not (= #x01 (bvadd
  (ite goes-from-start #x01 #x00)
  (ite goes-past-start #x01 #x00)
  (ite goes-from-lowest #x01 #x00)))))
(check-sat)
(pop 1)

; ends in one of five,
(push 1)
(assert answers)
; refute
(assert (not (= #x01 (bvadd
  (ite goes-to-last-mark #x01 #x00)
  (ite goes-to-16-clean-pages #x01 #x00)
  (ite goes-to-a-hole #x01 #x00)
  (ite goes-to-buffer-end #x01 #x00)
  (ite goes-to-last-mark-and-buffer-end #x01 #x00)))))
(check-sat)
(pop 1)

; and holds clean pages in one of three: a class of answers for each of all these ways together.
(push 1)
(assert answers)
; refute
(assert (not (= #x01 (bvadd
  (ite is-all-dirty #x01 #x00)
  (ite is-bridging-a-few #x01 #x00)
  (ite is-bridging-15 #x01 #x00)))))
(check-sat)
(pop 1)
