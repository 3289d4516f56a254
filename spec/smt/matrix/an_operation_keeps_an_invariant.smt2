; SPDX-License-Identifier: MIT
; guarantee: G2, G11
; claim: OPERATION, when it succeeds, keeps the invariant INVARIANT, if all invariants held before.
; expect: unsat
; for each: OPERATION INVARIANT
; uses: OPERATION invariants
; breakage: OPERATION.smt2: "(define-fun OPERATION ((before" -> "(define-fun OPERATION ((before State) (arguments ARGUMENTS) (after State) (outcome Outcome) (result RESULT)) Bool true) (define-fun unbroken ((before"
(declare-const before State)
(declare-const after State)
(declare-const arguments ARGUMENTS)
(declare-const result RESULT)
;? (assert (and true EXAMPLE-OF-SUCCESS))
;?vacuity (assert (and true STATE-AFTER-IT))
(assert (invariant before))
(assert (OPERATION before arguments after success result))
; refute
(assert (not (INVARIANT after)))
(check-sat)
