; SPDX-License-Identifier: MIT
; guarantee: G1
; claim: A machine that takes the dirty pages of a slot from a count when the slot is deleted keeps the number of dirty pages; when migration mode stops, the count is 0.
; expect: unsat
; uses: card delete-slot
; assumes: the_laws_of_counting_hold
; breakage: delete-slot.smt2: "(= (select (dirty after) page) (and (select (dirty before) page) (not (in-range page first length))))" -> "(= (select (dirty after) page) (select (dirty before) page))"
; breakage: state.smt2: "(and (not (migrating after)) (= (dirty after) no-page))" -> "(not (migrating after))"
(declare-const before State)
(declare-const after State)
(declare-const arguments delete-slot-arguments)
(declare-const of-slot Pages)
(define-fun old () Slot (select (slots before) (delete-slot-id arguments)))
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (delete-slot-id arguments) #x00000000))

; Deleting a slot.
(push 1)
;? (assert (= of-slot page-0))
;?vacuity (assert (= after (state true 1 true true true (store (slots before) #x00000000 no-slot) no-page all-stable all-resident no-page)))
(assert (delete-slot before arguments after success nothing))
(assert (forall ((any Gfn)) (= (select of-slot any) (and (select (dirty before) any) (in-range any (base old) (pages old))))))
(assert (law-of-two-parts (dirty before) (dirty after) of-slot)) ; as the_laws_of_counting_hold proves
; refute
(assert (not (= (card (dirty after)) (bvsub (card (dirty before)) (card of-slot)))))
(check-sat)
(pop 1)

; Stopping, also by a slot that is created or moved, or loses its dirty log.
(push 1)
;? (assert (= after (small-vm 1 true true false (dirty after))))
(assert (migration-stops after))
(assert law-of-the-empty-set)
; refute
(assert (not (= (card (dirty after)) #x0000000000000000)))
(check-sat)
(pop 1)
