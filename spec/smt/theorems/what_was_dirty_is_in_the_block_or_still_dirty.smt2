; SPDX-License-Identifier: MIT
; guarantee: G5
; claim: The dirty pages of a block and the pages still dirty are together what was dirty, and no page is both.
; expect: unsat
; uses: get
; breakage: get.smt2: "(not (between page (get-first result) (get-last result)))" -> "true"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
(declare-const page Gfn)
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= before (small-vm 1 true true true (two-pages no-page #x0000000000000000))))
;? (assert (= (get-start arguments) #x0000000000000005))
;? (assert (= (count (get-log arguments)) #x00000002))
(assert (get before arguments after success result))
(assert (is-answer success result))
(define-fun in-block () Bool (between page (get-first result) (get-last result)))
; refute
(assert (not (and (= (select (dirty before) page) (or (and in-block (select (dirty before) page)) (select (dirty after) page)))
                  (not (and in-block (select (dirty after) page))))))
(check-sat)
