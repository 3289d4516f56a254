; guarantee: G7
; claim: OPERATION, when it fails, changes nothing, but for what its model file names as changed by a failure.
; expect: unsat
; for each: OPERATION
; only if: it can fail
; uses: OPERATION
; breakage: state.smt2: "(and (= outcome with) (= after before))" -> "(= outcome with)"
(declare-const before State)
(declare-const after State)
(declare-const arguments ARGUMENTS)
(declare-const outcome Outcome)
(declare-const result RESULT)
;? (assert (and true FAILURE-EXAMPLE))
(assert (OPERATION before arguments after outcome result))
(assert (not (= outcome success)))
; refute
(assert (not (and KEPT)))
(check-sat)
