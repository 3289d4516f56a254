; SPDX-License-Identifier: MIT
; guarantee: G4
; claim: A GET that comes past its checks, and so each that answers, has walked a block: all that the other theorems say of blocks is true of its pages.
; expect: unsat
; uses: get
; breakage: get.smt2: "(and (get-walk before arguments result)" -> "(and (select (dirty before) (get-first result)) (bvult (get-last result) end-of-memory) (bvule (walked result) (get-limit arguments))"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const outcome Outcome)
(declare-const result get-result)
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= before (small-vm 1 true true true (two-pages no-page #x0000000000000000))))
;? (assert (= (get-start arguments) #x0000000000000000))
;? (assert (= (count (get-log arguments)) #x00000002))
(assert (get before arguments after outcome result))

; It answers.
(push 1)
(assert (= outcome success))
(assert (is-answer outcome result))
; refute
(assert (not (block before (start-gfn (get-log arguments)) (get-limit arguments) (get-first result) (get-last result))))
(check-sat)
(pop 1)

; It fails, and marks are gone.
(push 1)
(declare-const page Gfn)
(assert (not (= outcome success)))
(assert (not (= (select (dirty after) page) (select (dirty before) page))))
; refute
(assert (not (block before (start-gfn (get-log arguments)) (get-limit arguments) (get-first result) (get-last result))))
(check-sat)
(pop 1)
