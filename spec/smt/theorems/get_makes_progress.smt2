; SPDX-License-Identifier: MIT
; guarantee: G3
; claim: A GET that succeeds, with a dirty page, Used on and count above 0, answers with at least one page.
; expect: unsat
; uses: get
; assumes: block_fits_the_buffer
; breakage: get.smt2: "(forall ((page Gfn)) (not (select (dirty before) page))))" -> "(exists ((page Gfn)) (not (select (dirty before) page))))"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= before (small-vm 1 true true true page-0)))
;? (assert (= (get-start arguments) #x0000000000000000))
;? (assert (= (count (get-log arguments)) #x00000001))

; It walks a block, and writes the struct back.
(push 1)
(declare-const page Gfn)
(assert (get before arguments after success result))
(assert (select (dirty before) page))
(assert (used before))
(assert (not (= (count (get-log arguments)) #x00000000)))
; refute
(assert (not (and (get-writes-back after arguments result) (bvule (get-first result) (get-last result)))))
(check-sat)
(pop 1)

; So its answer has a page.
(push 1)
(assert (get-writes-back after arguments result))
(assert (bvule (get-first result) (get-last result)))
(assert (bvult (bvsub (get-last result) (get-first result)) #x0000000000100000)) ; as block_fits_the_buffer proves
; refute
(assert (not (and (is-answer success result) (bvuge (answer-length result) #x0000000000000001))))
(check-sat)
(pop 1)
