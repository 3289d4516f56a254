; SPDX-License-Identifier: MIT
; guarantee: G1
; claim: A machine that goes over a block page by page, removes each mark, and takes 1 from a count for each mark that it removes, ends with the number of dirty pages: the remaining of the answer.
; expect: unsat
; uses: get
; assumes: the_laws_of_counting_hold
; breakage: get.smt2: "(not (between page (get-first result) (get-last result)))" -> "(not (= page (get-first result)))"
; breakage: itself: "(ite was-dirty (bvsub count #x0000000000000001) count)" -> "(bvsub count #x0000000000000001)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
; The marks so far, and their count; the page that the loop looks at.
(declare-const set Pages)
(declare-const count-before (_ BitVec 64))
(declare-const page Gfn)
(declare-const any Gfn)
(define-fun count-after ((count (_ BitVec 64)) (was-dirty Bool)) (_ BitVec 64)
  (ite was-dirty (bvsub count #x0000000000000001) count))
(define-fun first () Gfn (get-first result))
(define-fun last () Gfn (get-last result))
(define-fun loop-invariant ((marks Pages) (count (_ BitVec 64)) (at Gfn)) Bool
  (and (= count (card marks))
       (forall ((any Gfn))
         (= (select marks any) (and (select (dirty before) any) (not (and (bvule first any) (bvult any at))))))))
;?vacuity (assert (= before (small-vm 1 true true true (two-pages no-page #x0000000000000000))))
;?breakage (assert (or (= before (small-vm 1 true true true (two-pages no-page #x0000000000000000))) (= before (small-vm 1 true true true page-0))))
;? (assert (= first #x0000000000000000))
;? (assert (= last #x0000000000000001))

; The loop begins with its invariant.
(push 1)
;? (assert (= set no-page))
;? (assert (= after (small-vm 1 true true true no-page)))
; refute
(assert (not (loop-invariant (dirty before) (card (dirty before)) first)))
(check-sat)
(pop 1)

; A step keeps it.
(push 1)
(declare-const this Bool)
;?vacuity (assert (= page #x0000000000000001))
;?vacuity (assert (= set (store no-page #x0000000000000001 true)))
;?breakage (assert (= set no-page))
;?breakage (assert (= page #x0000000000000001))
(assert (between page first last))
(assert (bvult last end-of-memory))
(assert (loop-invariant set count-before page))
(assert (law-of-one-page set page false)) ; as the_laws_of_counting_hold proves
(assert (= this (= any page)))
; refute
(assert (not (and (= (count-after count-before (select set page)) (card (store set page false)))
                  (= (select (store set page false) any)
                     (and (select (dirty before) any) (not (and (bvule first any) (bvult any (bvadd page #x0000000000000001)))))))))
(check-sat)
(pop 1)

; At the end the marks are those after the call.
(push 1)
;? (assert (= set no-page))
;?vacuity (assert (= after (small-vm 1 true true true no-page)))
(assert (bvule first last))
(assert (bvult last end-of-memory))
(assert (loop-invariant set count-before (bvadd last #x0000000000000001)))
(assert (marks-are-removed before after result))
(assert (forall ((any Gfn)) (= (bvult any (bvadd last #x0000000000000001)) (or (= any last) (bvult any last))))) ; no carry
; refute
(assert (not (= count-before (card (dirty after)))))
(check-sat)
(pop 1)
