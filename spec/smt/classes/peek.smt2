; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: Of all the inputs of PEEK over a small memory, each is in exactly one class.
; expect: unsat
; uses: bit-vectors words
; breakage: itself: "(and walks faults)" -> "(and answers faults)"
; order: layout unreadable not-enabled not-used not-migrating no-memory unwritable missing asked start marks
; trace if one-slot: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x100","dirty_log":true}
; trace if two-slots: {"op":"create_slot","id":0,"base_gfn":"0x0","pages":"0x20","dirty_log":true}
; trace if two-slots: {"op":"create_slot","id":1,"base_gfn":"<hex second-base>","pages":"<hex second-pages>","dirty_log":true}
; trace if migrating-before: {"op":"start_migration"}
; trace if enabled-before: {"op":"enable_cmma"}
; trace if used-before: {"op":"set","start_gfn":"0x0","count":1,"mask":"0x0","values":"00"}
; trace if any-mark: {"op":"create_vcpu"}
; trace for each bit of marks: {"op":"essa","gfn":"<hex bit>","orc":2}
; call: {"op":"get","start_gfn":"<hex start>","count":<number asked>,"flags":"0x1"}
; field if unreadable: "argument":"unreadable"
; field if unwritable: "argument":"read_only"
; field if no-memory: "allocation":"fails"
; field if bytes-are-missing: "buffer_bytes":<number bytes>
; answer: {"start_gfn":"<hex start>","count":<number length>}
; then if any-mark: {"op":"get","start_gfn":"0x0","count":64}
; class: peek-with-an-unreadable-struct EFAULT GET-CHECK-1
; class: peek-without-cmma ENXIO GET-CHECK-2
; class: peek-of-no-values zeros GET-CHECK-5 GET-ZERO-1
; class: peek-where-cmma-was-never-used zeros GET-CHECK-5 GET-ZERO-1
; class: peek-of-zeros-that-cannot-be-written EFAULT GET-ZERO-2
; class: peek-without-memory ENOMEM GET-CHECK-7
; class: peek-at-a-missing-page-past-the-end EFAULT PEEK-CHECK-1
; class: peek-at-a-missing-page-between-slots EFAULT PEEK-CHECK-1
; class: peek-into-a-buffer-that-is-too-short EFAULT GET-CHECK-8 PEEK-3
; class: peek-into-a-read-only-struct EFAULT GET-CHECK-9 PEEK-3
; class: peek-fills-its-buffer-without-migration-mode ok PEEK-1 PEEK-3 PEEK-ANSWER-3
; class: peek-fills-its-buffer-with-nothing-dirty ok PEEK-1 PEEK-ANSWER-3
; class: peek-fills-its-buffer-with-dirty-pages ok PEEK-1 PEEK-3 PEEK-ANSWER-3
; class: peek-fills-its-buffer-across-slots-without-migration-mode ok PEEK-1 PEEK-3 PEEK-ANSWER-3
; class: peek-fills-its-buffer-across-slots-with-nothing-dirty ok PEEK-1 PEEK-ANSWER-3
; class: peek-fills-its-buffer-across-slots-with-dirty-pages ok PEEK-1 PEEK-3 PEEK-ANSWER-3
; class: peek-comes-to-the-end-of-memory-without-migration-mode ok PEEK-2 PEEK-3 PEEK-ANSWER-3
; class: peek-comes-to-the-end-of-memory-with-nothing-dirty ok PEEK-2 PEEK-ANSWER-3
; class: peek-comes-to-the-end-of-memory-with-dirty-pages ok PEEK-2 PEEK-3 PEEK-ANSWER-3
; class: peek-comes-to-a-missing-page-between-slots-without-migration-mode ok PEEK-2 PEEK-3 PEEK-ANSWER-3
; class: peek-comes-to-a-missing-page-between-slots-with-nothing-dirty ok PEEK-2 PEEK-ANSWER-3
; class: peek-comes-to-a-missing-page-between-slots-with-dirty-pages ok PEEK-2 PEEK-3 PEEK-ANSWER-3
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

; How many pages exist from the start on, one after another; at most 256. PEEK-2
(define-fun room-to () Word (ite (and (= layout #x02) (bvult start #x0000000000000020)) #x0000000000000020 #x0000000000000100))
(define-fun pages-there () Word (ite (page-exists start) (bvsub room-to start) #x0000000000000000))
(define-fun comes-to-the-end () Bool (bvult pages-there ((_ zero_extend 32) limit)))
(define-fun length () Number (ite comes-to-the-end ((_ extract 31 0) pages-there) limit))
; The pages lie in both slots.
(define-fun crosses () Bool
  (and two-slots (bvult start second-base) (bvugt (bvadd start ((_ zero_extend 32) length)) second-base)))

; The checks in their order, and that none of them strikes.
(define-fun says-nothing () Bool (or (= asked #x00000000) not-used))
(define-fun is-let-in () Bool (and (not unreadable) enabled-before))
(define-fun looks () Bool (and is-let-in (not says-nothing) (not no-memory)))
(define-fun walks () Bool (and looks (page-exists start)))
(define-fun faults () Bool (bvugt length bytes))
(define-fun answers () Bool (and walks (not faults) (not unwritable)))

; The classes.
(define-fun peek-with-an-unreadable-struct () Bool
  unreadable)
(define-fun peek-without-cmma () Bool
  (and (not unreadable) not-enabled))
(define-fun peek-of-no-values () Bool
  (and is-let-in (= asked #x00000000) (not unwritable)))
(define-fun peek-where-cmma-was-never-used () Bool
  (and is-let-in (not (= asked #x00000000)) not-used (not unwritable)))
(define-fun peek-of-zeros-that-cannot-be-written () Bool
  (and is-let-in says-nothing unwritable))
(define-fun peek-without-memory () Bool
  (and is-let-in (not says-nothing) no-memory))
(define-fun peek-at-a-missing-page-past-the-end () Bool
  (and looks (not (page-exists start)) (bvuge start #x0000000000000100)))
(define-fun peek-at-a-missing-page-between-slots () Bool
  (and looks (not (page-exists start)) (bvult start #x0000000000000100)))
(define-fun peek-into-a-buffer-that-is-too-short () Bool
  (and walks faults))
(define-fun peek-into-a-read-only-struct () Bool
  (and walks (not faults) unwritable))
(define-fun peek-fills-its-buffer-without-migration-mode () Bool
  (and answers (not comes-to-the-end) (not crosses) not-migrating))
(define-fun peek-fills-its-buffer-with-nothing-dirty () Bool
  (and answers (not comes-to-the-end) (not crosses) migrating-before (not any-mark)))
(define-fun peek-fills-its-buffer-with-dirty-pages () Bool
  (and answers (not comes-to-the-end) (not crosses) any-mark))
(define-fun peek-fills-its-buffer-across-slots-without-migration-mode () Bool
  (and answers (not comes-to-the-end) crosses not-migrating))
(define-fun peek-fills-its-buffer-across-slots-with-nothing-dirty () Bool
  (and answers (not comes-to-the-end) crosses migrating-before (not any-mark)))
(define-fun peek-fills-its-buffer-across-slots-with-dirty-pages () Bool
  (and answers (not comes-to-the-end) crosses any-mark))
(define-fun peek-comes-to-the-end-of-memory-without-migration-mode () Bool
  (and answers comes-to-the-end (= room-to #x0000000000000100) not-migrating))
(define-fun peek-comes-to-the-end-of-memory-with-nothing-dirty () Bool
  (and answers comes-to-the-end (= room-to #x0000000000000100) migrating-before (not any-mark)))
(define-fun peek-comes-to-the-end-of-memory-with-dirty-pages () Bool
  (and answers comes-to-the-end (= room-to #x0000000000000100) any-mark))
(define-fun peek-comes-to-a-missing-page-between-slots-without-migration-mode () Bool
  (and answers comes-to-the-end (not (= room-to #x0000000000000100)) not-migrating))
(define-fun peek-comes-to-a-missing-page-between-slots-with-nothing-dirty () Bool
  (and answers comes-to-the-end (not (= room-to #x0000000000000100)) migrating-before (not any-mark)))
(define-fun peek-comes-to-a-missing-page-between-slots-with-dirty-pages () Bool
  (and answers comes-to-the-end (not (= room-to #x0000000000000100)) any-mark))

; Every possible input is in exactly one class.
; partition

; All of them.
(push 1)
; refute
(assert (not (= #x01 (bvadd
  (ite peek-with-an-unreadable-struct #x01 #x00)
  (ite peek-without-cmma #x01 #x00)
  (ite peek-of-no-values #x01 #x00)
  (ite peek-where-cmma-was-never-used #x01 #x00)
  (ite peek-of-zeros-that-cannot-be-written #x01 #x00)
  (ite peek-without-memory #x01 #x00)
  (ite peek-at-a-missing-page-past-the-end #x01 #x00)
  (ite peek-at-a-missing-page-between-slots #x01 #x00)
  (ite peek-into-a-buffer-that-is-too-short #x01 #x00)
  (ite peek-into-a-read-only-struct #x01 #x00)
  (ite peek-fills-its-buffer-without-migration-mode #x01 #x00)
  (ite peek-fills-its-buffer-with-nothing-dirty #x01 #x00)
  (ite peek-fills-its-buffer-with-dirty-pages #x01 #x00)
  (ite peek-fills-its-buffer-across-slots-without-migration-mode #x01 #x00)
  (ite peek-fills-its-buffer-across-slots-with-nothing-dirty #x01 #x00)
  (ite peek-fills-its-buffer-across-slots-with-dirty-pages #x01 #x00)
  (ite peek-comes-to-the-end-of-memory-without-migration-mode #x01 #x00)
  (ite peek-comes-to-the-end-of-memory-with-nothing-dirty #x01 #x00)
  (ite peek-comes-to-the-end-of-memory-with-dirty-pages #x01 #x00)
  (ite peek-comes-to-a-missing-page-between-slots-without-migration-mode #x01 #x00)
  (ite peek-comes-to-a-missing-page-between-slots-with-nothing-dirty #x01 #x00)
  (ite peek-comes-to-a-missing-page-between-slots-with-dirty-pages #x01 #x00)))))
(check-sat)
(pop 1)
