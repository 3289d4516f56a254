; SPDX-License-Identifier: MIT
; guarantee: G1
; claim: 32 zero bytes come only if count is 0, CMMA was never used, or, without PEEK, nothing is dirty.
; expect: unsat
; uses: peek
; assumes: block_fits_the_buffer
; breakage: get.smt2: "(or (= (count (get-log arguments)) #x00000000) (not (used before)))" -> "true"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (get-start arguments) #x0000000000000000))
;?vacuity (assert (= before (small-vm 1 true false true page-0)))
;?breakage (assert (= before (small-vm 1 true true true page-0)))
(assert (= (get-log-after result) zeros))
; As block_fits_the_buffer proves, and for PEEK its walk.
(assert (bvule (walked result) #x0000000000100000))
(assert (bvule (get-first result) (get-last result)))

; GET.
(push 1)
(declare-const page Gfn)
(assert (get before arguments after success result))
(assert (select (dirty before) page))
; refute
(assert (not (or (= (count (get-log arguments)) #x00000000) (not (used before)))))
(check-sat)
(pop 1)

; PEEK.
(push 1)
(assert (peek before arguments after success result))
; refute
(assert (not (or (= (count (get-log arguments)) #x00000000) (not (used before)))))
(check-sat)
(pop 1)
