; SPDX-License-Identifier: MIT
; guarantee: G1, G9
; claim: A set of pages that has a member does not count 0; so where the count of dirty pages is 0, none is dirty.
; expect: unsat
; uses: card
; assumes: the_laws_of_counting_hold
; breakage: card.smt2: "(bvule (card part) (card whole))" -> "true"
(declare-const set Pages)
(declare-const page Gfn)
(define-fun only () Pages (store no-page page true))
;? (assert (= set (store page-0 #x0000000000000003 true)))
(assert (select set page))
(assert (not (select set #xffffffffffffffff))) ; as for every set of pages that exist
(assert law-of-the-empty-set) ; as the_laws_of_counting_hold proves
(assert (law-of-one-page no-page page true))
(assert (law-of-a-part set only))
; refute
(assert (= (card set) #x0000000000000000))
(check-sat)
