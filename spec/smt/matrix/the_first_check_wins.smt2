; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: Where the checks FIRST and SECOND of OPERATION both strike, and none before them, the answer is that of FIRST.
; expect: unsat
; for each: OPERATION FIRST SECOND
; uses: OPERATION
; breakage unless same answer: OPERATION.smt2: "(ite (FIRST before arguments result)" -> "(ite false"
; breakage: OPERATION.smt2: "(FIRST-answer before arguments after outcome result)" -> "true"
(declare-const before State)
(declare-const after State)
(declare-const arguments ARGUMENTS)
(declare-const outcome Outcome)
(declare-const result RESULT)
;? (assert (and true EXAMPLE-OF-A-PAIR))
(assert (FIRST before arguments result))
(assert (SECOND before arguments result))
(assert (and true EARLIER))
(assert (OPERATION before arguments after outcome result))
; refute
(assert (not (FIRST-answer before arguments after outcome result)))
(check-sat)
