; SPDX-License-Identifier: MIT
; guarantee: G6
; claim: PEEK changes nothing, whatever it answers.
; expect: unsat
; uses: peek
; breakage: peek.smt2: " (= after before)" -> ""
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
(declare-const outcome Outcome)
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (count (get-log arguments)) #x00000001))
(assert (peek before arguments after outcome result))
; refute
(assert (not (= after before)))
(check-sat)
