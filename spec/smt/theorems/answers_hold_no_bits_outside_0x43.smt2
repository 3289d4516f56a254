; SPDX-License-Identifier: MIT
; guarantee: G11
; claim: The attributes of every page, and so every byte of an answer of GET or PEEK, have no bits but usage and no-DAT.
; expect: unsat
; uses: get peek invariants
; assumes: get_answers_with_the_block_that_it_walked
; breakage: get.smt2: "(select (attributes s) (bvadd (get-first result) index))" -> "(bvor (select (attributes s) (bvadd (get-first result) index)) #x80)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
(declare-const index Gfn)
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (get-buffer arguments) blank-buffer))
;? (assert (= (get-start arguments) #x0000000000000000))
;?vacuity (assert (= (get-buffer-after result) blank-buffer))
;?breakage (assert (= (get-buffer-after result) (store blank-buffer #x0000000000000000 #x80)))
;? (assert (= (count (get-log arguments)) #x00000001))
(assert (attributes-are-usage-and-no-dat before))
(assert (bvult index (answer-length result)))

; GET.
(push 1)
(assert (get before arguments after success result))
(assert (is-answer success result))
(assert (= (answer-length result) (walked result))) ; as get_answers_with_the_block_that_it_walked proves
; refute
(assert (not (= (bvand (select (get-buffer-after result) index) #xbc) #x00)))
(check-sat)
(pop 1)

; PEEK.
(push 1)
(assert (peek before arguments after success result))
(assert (is-answer success result))
(assert (= (answer-length result) (walked result)))
; refute
(assert (not (= (bvand (select (get-buffer-after result) index) #xbc) #x00)))
(check-sat)
(pop 1)
