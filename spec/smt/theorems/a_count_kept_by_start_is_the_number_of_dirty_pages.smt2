; SPDX-License-Identifier: MIT
; guarantee: G1
; claim: A machine that marks the slots one after another, and adds the pages of each to a count, ends with the number of dirty pages.
; expect: unsat
; uses: card invariants start-migration
; assumes: the_laws_of_counting_hold
; breakage: invariants.smt2: "(= one other)" -> "true"
(declare-const before State)
(declare-const after State)
; The slots that are marked so far, their pages, and the count; the next slot.
(declare-const done (Array SlotId Bool))
(declare-const set Pages)
(declare-const next-set Pages)
(declare-const of-slot Pages)
(declare-const count-before (_ BitVec 64))
(declare-const id SlotId)
(define-fun it () Slot (select (slots before) id))
(define-fun pages-of-done-slots ((marks Pages) (marked (Array SlotId Bool))) Bool
  (forall ((any Gfn))
    (= (select marks any) (exists ((one SlotId)) (and (select marked one) (holds (select (slots before) one) any))))))
;?vacuity (assert (= before (small-vm 1 true true false no-page)))
;?vacuity (assert (= id #x00000000))
;?breakage (assert (= (slots before) (store (store ((as const (Array SlotId Slot)) no-slot)
;?breakage   #x00000000 (slot #x0000000000000000 #x0000000000000002 true)) #x00000001 (slot #x0000000000000000 #x0000000000000002 true))))
;?breakage (assert (= (exist before) set (two-pages no-page #x0000000000000000)))
;?breakage (assert (= id #x00000001))
;?breakage (assert (= done (store ((as const (Array SlotId Bool)) false) #x00000000 true)))

; A slot adds as many marks as it has pages: no page of it was marked, for no page lies in two slots.
(push 1)
;?vacuity (assert (= done ((as const (Array SlotId Bool)) false)))
;?vacuity (assert (= set no-page))
;?vacuity (assert (= of-slot next-set (two-pages no-page #x0000000000000000)))
(assert (slots-lie-in-memory before))
(assert ((_ is slot) it))
(assert (= count-before (card set)))
(assert (forall ((any Gfn)) (=> (select set any) (not (holds it any))))) ; as the obligation below proves
(assert (forall ((any Gfn)) (= (select of-slot any) (holds it any))))
(assert (forall ((any Gfn)) (= (select next-set any) (or (select set any) (holds it any)))))
(assert (law-of-two-parts next-set set of-slot)) ; as the_laws_of_counting_hold proves
(assert (law-of-a-range of-slot (base it) (pages it)))
; refute
(assert (not (= (bvadd count-before (pages it)) (card next-set))))
(check-sat)
(pop 1)

; No page of the next slot is marked yet.
(push 1)
(declare-const page Gfn)
(assert (slots-never-overlap before))
(assert (pages-of-slots-exist before))
(assert (pages-of-done-slots set done))
(assert (not (select done id)))
(assert (holds it page))
(assert (select (exist before) page)) ; by pages-of-slots-exist
; refute
(assert (select set page))
(check-sat)
(pop 1)

; When all slots are done, the marked pages are all the pages that exist: those that start marks.
(push 1)
(declare-const page Gfn)
(assert (pages-of-slots-exist before))
(assert (pages-that-exist-lie-in-a-slot before))
(assert (pages-of-done-slots set done))
(assert (forall ((one SlotId)) (=> ((_ is slot) (select (slots before) one)) (select done one))))
(assert (= (dirty after) (exist before)))
; refute
(assert (not (= (select set page) (select (dirty after) page))))
(check-sat)
(pop 1)
