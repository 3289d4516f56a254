; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: GET answers only where no check strikes, so where it walked a block; and the answer names the pages of that walk. The other theorems are about any block.
; expect: unsat
; uses: get
; assumes: block_fits_the_buffer a_walk_is_a_range
; breakage: get.smt2: "((_ extract 31 0) (walked result))" -> "((_ extract 31 0) (bvadd (walked result) #x0000000000000001))"
; breakage: get.smt2: "(log (get-first result)" -> "(log (get-start arguments)"
; breakage: get.smt2: "(in-range page (answer-first result) (answer-length result))" -> "(bvule (answer-first result) page)"
; breakage: get.smt2: "(ite (get-check-4 before arguments result)" -> "(ite false"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= before (small-vm 1 true true (migrating before) (two-pages no-page #x0000000000000000))))
;? (assert (= (get-start arguments) #x0000000000000005))
;? (assert (= (count (get-log arguments)) #x00000002))

; Where GET answers, no check strikes, and the struct is written back.
(push 1)
(assert (get before arguments after success result))
(assert (is-answer success result))
; refute
(assert (not (and (get-writes-back after arguments result)
                  (not (get-check-1 before arguments result)) (not (get-check-2 before arguments result))
                  (not (get-check-3 before arguments result)) (not (get-check-4 before arguments result))
                  (not (get-check-5 before arguments result)) (not (get-check-6 before arguments result))
                  (not (get-check-7 before arguments result)) (not (get-check-8 before arguments result))
                  (not (get-check-9 before arguments result)))))
(check-sat)
(pop 1)

; What is written back names the pages of the walk.
(push 1)
(assert (get-writes-back after arguments result))
(assert (bvule (walked result) #x0000000000100000)) ; as block_fits_the_buffer proves
; refute
(assert (not (and (= (answer-first result) (get-first result)) (= (answer-length result) (walked result)))))
(check-sat)
(pop 1)

; So a page is in the answer if it lies in the block.
(push 1)
(declare-const page Gfn)
(assert (and (= (answer-first result) (get-first result)) (= (answer-length result) (walked result)))) ; as the question above proves
; As a_walk_is_a_range proves.
(assert (= (between page (get-first result) (get-last result)) (in-range page (get-first result) (walked result))))
; refute
(assert (not (= (in-answer result page) (and (bvule (get-first result) page) (bvule page (get-last result))))))
(check-sat)
(pop 1)
