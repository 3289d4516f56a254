; SPDX-License-Identifier: MIT
; guarantee: G7
; claim: A GET that fails changes nothing, unless its answer could not be written: then the marks of its block are gone (H1). It never writes the struct, and is no answer.
; expect: unsat
; uses: get
; breakage: get.smt2: "(= (get-log-after result) (get-log arguments))" -> "true"
; breakage: get.smt2: "(and (= outcome success) (not (= (get-log-after result) zeros)))" -> "(not (= (get-log-after result) zeros))"
; breakage: get.smt2: "(not (get-allocates arguments))" -> "(and (not (get-allocates arguments)) (get-writable arguments))"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
(declare-const outcome Outcome)
(declare-const page Gfn)
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (count (get-log arguments)) #x00000001))
(assert (get before arguments after outcome result))
(assert (not (= outcome success)))
; refute
(assert (not (and (= (get-log-after result) (get-log arguments)) (not (is-answer outcome result))
                  (=> (not (= after before))
                      (and (= outcome EFAULT) (get-readable arguments) (get-allocates arguments)
                           (or (bvugt (walked result) (get-buffer-bytes arguments)) (not (get-writable arguments)))))
                  (=> (not (= (select (dirty after) page) (select (dirty before) page)))
                      (and (select (dirty before) page) (between page (get-first result) (get-last result)))))))
(check-sat)
