; SPDX-License-Identifier: MIT
; guarantee: G5
; claim: After an answer of GET the pages of its block are clean, every other mark is as it was, and no attributes changed.
; expect: unsat
; uses: get
; breakage: get.smt2: "(not (between page (get-first result) (get-last result)))" -> "(not (= page (get-first result)))"
; breakage: get.smt2: " (keeps-attributes before after)" -> ""
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
; refute
(assert (not (and (= (select (dirty after) page)
                     (and (select (dirty before) page) (not (between page (get-first result) (get-last result)))))
                  (= (select (attributes after) page) (select (attributes before) page)))))
(check-sat)
