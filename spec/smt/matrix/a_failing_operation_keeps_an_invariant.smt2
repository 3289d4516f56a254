; SPDX-License-Identifier: MIT
; guarantee: G2, G11
; claim: OPERATION, when it fails, keeps the invariant INVARIANT, if all invariants held before.
; expect: unsat
; for each: OPERATION INVARIANT
; only if: it can fail
; uses: OPERATION invariants
; breakage: OPERATION.smt2: "(define-fun OPERATION ((before" -> "(define-fun OPERATION ((before State) (arguments ARGUMENTS) (after State) (outcome Outcome) (result RESULT)) Bool true) (define-fun unbroken ((before"
(declare-const before State)
(declare-const after State)
(declare-const arguments ARGUMENTS)
(declare-const outcome Outcome)
(declare-const result RESULT)
;? (assert (and true EXAMPLE-OF-FAILURE))
(assert (invariant before))
(assert (OPERATION before arguments after outcome result))
(assert (not (= outcome success)))
; refute
(assert (not (INVARIANT after)))
(check-sat)
