; SPDX-License-Identifier: MIT
; guarantee: G1
; claim: remaining in an answer is the number of dirty pages after the call while the VM is migrating, else 0.
; expect: unsat
; uses: peek
; breakage: get.smt2: "(ite (migrating after) (card (dirty after)) #x0000000000000000)" -> "(card (dirty after))"
; breakage: get.smt2: "(card (dirty after))" -> "(bvadd (card (dirty after)) #x0000000000000001)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (or (= before (small-vm 1 true true true page-0)) (= before (small-vm 1 true true false no-page))))
;? (assert (= (get-start arguments) #x0000000000000000))
;? (assert (= (count (get-log arguments)) #x00000001))

; GET.
(push 1)
(assert (get before arguments after success result))
(assert (is-answer success result))
; refute
(assert (not (= (remaining-or-mask (get-log-after result)) (ite (migrating after) (card (dirty after)) #x0000000000000000))))
(check-sat)
(pop 1)

; PEEK.
(push 1)
(assert (peek before arguments after success result))
(assert (is-answer success result))
; refute
(assert (not (= (remaining-or-mask (get-log-after result)) (ite (migrating after) (card (dirty after)) #x0000000000000000))))
(check-sat)
(pop 1)
