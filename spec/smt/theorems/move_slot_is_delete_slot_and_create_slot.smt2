; SPDX-License-Identifier: MIT
; guarantee: G2
; claim: Moving a slot comes to the same as deleting it and creating it with the same pages and dirty log at the new base; where the move succeeds, so does the creation.
; expect: unsat
; uses: delete-slot move-slot invariants
; breakage: move-slot.smt2: "(and (select (dirty before) page) (not (in-range page first (pages old))) (not (holds old page)))" -> "(select (dirty before) page)"
; breakage: move-slot.smt2: "(and (migrating before) (not (dirty-log old)))" -> "false"
(declare-const before State)
(declare-const between-both State)
(declare-const after State)
(declare-const moved State)
(declare-const arguments move-slot-arguments)
(declare-const outcome Outcome)
(declare-const page Gfn)
(define-fun old () Slot (slot-to-move before arguments))
(define-fun to-delete () delete-slot-arguments (delete-slot-of (move-slot-id arguments) (move-slot-allocates arguments)))
(define-fun to-create () create-slot-arguments
  (create-slot-of (move-slot-id arguments) (move-slot-base arguments) (pages old) (dirty-log old) (move-slot-allocates arguments)))
;? (assert (= (slots before) (store ((as const (Array SlotId Slot)) no-slot) #x00000000 (slot #x0000000000000000 #x0000000000000002 (dirty-log old)))))
;? (assert (= (exist before) (two-pages no-page #x0000000000000000)))
;?vacuity (assert (and (= (dirty before) page-0) (dirty-log old)))
;? (assert (= arguments (move-slot-of #x00000000 #x0000000000000002 true)))
;? (assert (and (= (attributes before) all-stable) (= (content before) all-resident)))
;? (assert (= (exist between-both) no-page))
;? (assert (= (exist moved) (exist after) (two-pages no-page #x0000000000000002)))
;? (assert (and (= (attributes between-both) all-stable) (= (content between-both) all-resident)))
;? (assert (and (= (attributes after) all-stable) (= (content after) all-resident)))
;? (assert (and (= (attributes moved) all-stable) (= (content moved) all-resident)))
(assert (slots-lie-in-memory before))
(assert (pages-of-slots-exist before))
(assert (dirty-pages-exist before))
(assert (move-slot before arguments moved success nothing))
(assert (delete-slot before to-delete between-both success nothing))

; They come to the same.
(push 1)
(assert (create-slot between-both to-create after success nothing))
; refute
(assert (not (and (keeps-host after moved) (keeps-vcpus after moved) (keeps-enabled after moved) (keeps-used after moved)
                  (= (migrating after) (migrating moved)) (= (slots after) (slots moved))
                  (= (select (exist after) page) (select (exist moved) page))
                  (= (select (attributes after) page) (select (attributes moved) page))
                  (= (select (content after) page) (select (content moved) page))
                  (= (select (dirty after) page) (select (dirty moved) page)))))
(check-sat)
(pop 1)

; No check of the creation strikes.
(push 1)
(assert (create-slot between-both to-create after outcome nothing))
; refute
(assert (not (= outcome success)))
(check-sat)
(pop 1)
