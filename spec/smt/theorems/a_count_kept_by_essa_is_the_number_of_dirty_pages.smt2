; SPDX-License-Identifier: MIT
; guarantee: G1
; claim: A machine that adds 1 to a count where ESSA marks a clean page keeps the number of dirty pages.
; expect: unsat
; uses: card essa
; assumes: the_laws_of_counting_hold
; breakage: essa.smt2: "(store (dirty before) page true)" -> "(store (dirty before) page (not (select (dirty before) page)))"
(declare-const before State)
(declare-const after State)
(declare-const arguments essa-arguments)
(declare-const outcome Outcome)
(declare-const result essa-result)
(define-fun page () Gfn (essa-gfn arguments))
(define-fun marks () Bool
  (and (= outcome success) (migrating before) (not (= (essa-orc arguments) #x00000000)) (not (select (dirty before) page))))
;? (assert (= before (small-vm 1 true true true page-0)))
(assert (essa before arguments after outcome result))
(assert (law-of-one-page (dirty before) page true)) ; as the_laws_of_counting_hold proves
; refute
(assert (not (= (card (dirty after)) (bvadd (card (dirty before)) (ite marks #x0000000000000001 #x0000000000000000)))))
(check-sat)
