; SPDX-License-Identifier: MIT
; guarantee: G2, G11, STATE-1
; claim: A new VM has the invariant INVARIANT.
; expect: unsat
; for each: INVARIANT
; uses: invariants
; breakage: state.smt2: "(define-fun new-vm ((s State)) Bool" -> "(define-fun new-vm ((s State)) Bool true) (define-fun unbroken ((s State)) Bool"
(declare-const s State)
(assert (new-vm s))
; refute
(assert (not (INVARIANT s)))
(check-sat)
