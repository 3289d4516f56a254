; SPDX-License-Identifier: MIT
; guarantee: STATE-2, G2
; claim: The invariant allows a VM the slots that CREATE-SLOT accepts, and no others: each has a size and a place that none of its checks on size and place strikes, and no two have a page in common.
; expect: unsat
; uses: create-slot invariants
; breakage: invariants.smt2: "(bvule (pages it) most-pages-of-a-slot)" -> "true"
; breakage: invariants.smt2: "(bvule (base it) (bvsub end-of-memory (pages it)))" -> "(bvult (base it) (bvsub end-of-memory (pages it)))"
; breakage: create-slot.smt2: "(bvugt (create-slot-pages arguments) most-pages-of-a-slot)" -> "(bvuge (create-slot-pages arguments) most-pages-of-a-slot)"
(declare-const s State)
(declare-const it Slot)
;? (assert (= (slots s) (store ((as const (Array SlotId Slot)) no-slot) #x00000000 it)))
;? (assert ((_ is slot) it))
;?vacuity (assert (= s (small-vm 1 true true true page-0)))
(define-fun is-accepted ((id SlotId)) Bool
  (let ((arguments (create-slot-of id (base (select (slots s) id)) (pages (select (slots s) id)) (dirty-log (select (slots s) id)) true)))
    (not (or (create-slot-check-1 s arguments nothing) (create-slot-check-2 s arguments nothing) (create-slot-check-3 s arguments nothing)))))

; Each slot is one that it accepts.
(push 1)
(declare-const id SlotId)
(assert (slots-lie-in-memory s))
(assert ((_ is slot) (select (slots s) id)))
; refute
(assert (not (is-accepted id)))
(check-sat)
(pop 1)

; And each that it accepts can be there: the largest of all, and one that ends where memory ends.
(push 1)
(assert (forall ((id SlotId)) (=> ((_ is slot) (select (slots s) id)) (is-accepted id))))
; refute
(assert (not (slots-lie-in-memory s)))
(check-sat)
(pop 1)

; No page lies in two of them: that the invariant asks for this only of pages that exist takes nothing away.
(push 1)
(declare-const one SlotId)
(declare-const other SlotId)
(declare-const page Gfn)
(assert (and (slots-never-overlap s) (pages-of-slots-exist s)))
(assert (and (holds (select (slots s) one) page) (holds (select (slots s) other) page)))
(declare-fun is-looked-at (Bool) Bool)
(assert (is-looked-at (select (exist s) page)))
; refute
(assert (not (= one other)))
(check-sat)
(pop 1)
