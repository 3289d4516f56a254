; SPDX-License-Identifier: MIT
; guarantee: ABI-5, G12
; claim: A call with the flag PEEK and no other is a PEEK and never a GET, and a call with any other flags is a GET and never a PEEK, however it ends.
; expect: unsat
; uses: peek
; breakage: get.smt2: "(and (not (= (flags (get-log arguments)) peek-flag)) (get-keeps before after)" -> "(and (get-keeps before after)"
; breakage: peek.smt2: "(and (= (flags (get-log arguments)) peek-flag) (= after before)" -> "(and (= after before)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const outcome Outcome)
(declare-const result get-result)
;? (assert (= before after (small-vm 1 true true true page-0)))
;? (assert (not (get-readable arguments)))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))

(push 1)
(assert (get before arguments after outcome result))
; refute
(assert (= (flags (get-log arguments)) #x00000001))
(check-sat)
(pop 1)

(push 1)
(assert (peek before arguments after outcome result))
; refute
(assert (not (= (flags (get-log arguments)) #x00000001)))
(check-sat)
(pop 1)
