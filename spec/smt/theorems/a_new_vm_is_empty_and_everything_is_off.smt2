; SPDX-License-Identifier: MIT
; guarantee: STATE-1, G2
; claim: A new VM has all the invariants together; it has no vCPU, no slot and no page; CMMA is not enabled and was not used; and asked whether it is migrating it says no.
; expect: unsat
; uses: invariants migration-status
; breakage: state.smt2: "(not (used s)) (not (migrating s))" -> "(not (used s))"
; breakage: invariants.smt2: "(pages-lie-below-the-end-of-memory s) (dirty-pages-exist s)" -> "(not (pages-lie-below-the-end-of-memory s)) (dirty-pages-exist s)"
(declare-const s State)
;? (assert (= s (state true 0 false false (migrating s) ((as const (Array SlotId Slot)) no-slot) no-page all-stable all-resident no-page)))
(assert (new-vm s))

; The matrix asks one invariant at a time. Together they have to be possible, or all that assumes them would say nothing.
(push 1)
; refute
(assert (not (invariant s)))
(check-sat)
(pop 1)

; No slot holds a page, none exists, and so there is nothing to say of any.
(push 1)
(declare-const page Gfn)
(declare-const id SlotId)
; refute
(assert (not (and (= (vcpu-count s) 0) (not (enabled s)) (not (used s))
                  (not (holds (select (slots s) id) page)) (not (select (exist s) page)) (not (select (dirty s) page)))))
(check-sat)
(pop 1)

; Migration mode is off.
(push 1)
(declare-const after State)
(declare-const outcome Outcome)
(declare-const result migration-status-result)
(assert (migration-status s nothing after outcome result))
; refute
(assert (migration-status-migrating result))
(check-sat)
(pop 1)
