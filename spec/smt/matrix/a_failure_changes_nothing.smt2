; SPDX-License-Identifier: MIT
; guarantee: G7
; claim: OPERATION, when it fails, changes nothing, but for what its model file names as changed by a failure.
; expect: unsat
; for each: OPERATION
; only if: it can fail
; uses: OPERATION
; breakage: OPERATION.smt2: "(define-fun OPERATION ((before" -> "(define-fun OPERATION ((before State) (arguments ARGUMENTS) (after State) (outcome Outcome) (result RESULT)) Bool true) (define-fun unbroken ((before"
(declare-const before State)
(declare-const after State)
(declare-const arguments ARGUMENTS)
(declare-const outcome Outcome)
(declare-const result RESULT)
;? (assert (and true EXAMPLE-OF-FAILURE))
(assert (OPERATION before arguments after outcome result))
(assert (not (= outcome success)))
; refute
(assert (not (and KEPT)))
(check-sat)
