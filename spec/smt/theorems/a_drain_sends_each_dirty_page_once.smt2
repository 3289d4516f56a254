; SPDX-License-Identifier: MIT
; guarantee: G9
; claim: With the guest at rest, Used on and count above 0, GET after GET that succeeds, from any starts: after at most as many calls as pages were dirty nothing remains, and each of them was dirty in exactly one block.
; expect: unsat
; uses: get invariants
; assumes: a_set_with_a_page_counts_at_least_one the_laws_of_counting_hold
; breakage: get.smt2: "(not (between page (get-first result) (get-last result)))" -> "(not (= page (get-first result)))"
; breakage: get.smt2: "(forall ((page Gfn)) (not (select (dirty before) page))))" -> "true)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const result get-result)
; What was dirty when the drain began; how many calls are left of as many as pages were dirty; in how many blocks each page was dirty.
(declare-const begin Pages)
(declare-const calls-left (_ BitVec 64))
(declare-const blocks (Array Gfn Int))
(declare-const page Gfn)
(define-fun first () Gfn (get-first result))
; The invariant, in two parts: every page that was dirty at the beginning is still dirty and in no block, or clean and in one;
; and no more pages are dirty than calls are left.
(define-fun each-page-once ((marks Pages) (times (Array Gfn Int)) (page Gfn)) Bool
  (= (select times page) (ite (and (select begin page) (not (select marks page))) 1 0)))
(define-fun nothing-new ((marks Pages) (page Gfn)) Bool (=> (select marks page) (select begin page)))
(define-fun calls-suffice ((marks Pages) (calls (_ BitVec 64))) Bool (bvule (card marks) calls))
;? (assert (= before (small-vm 1 true true true (two-pages no-page #x0000000000000000))))
;? (assert (= begin (two-pages no-page #x0000000000000000)))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (get-start arguments) #x0000000000000000))
;? (assert (= (get-log arguments) (log #x0000000000000000 #x00000002 no-flag #x0000000000000000 #x0000000000000000)))

; A call answers, and goes over a block whose marks it removes.
(push 1)
(assert (get before arguments after success result))
(assert (used before))
(assert (not (= (count (get-log arguments)) #x00000000)))
(assert (select (dirty before) page))
; refute
(assert (not (and (marks-are-removed before after result) (select (dirty before) first)
                  (bvule first (get-last result)))))
(check-sat)
(pop 1)

; A call keeps: each page in one block.
(push 1)
;?vacuity (assert (= after (small-vm 1 true true true no-page)))
(define-fun times-after ((page Gfn)) Int
  (+ (select blocks page) (ite (and (select (dirty before) page) (between page first (get-last result))) 1 0)))
(declare-const blocks-after (Array Gfn Int))
(assert (= (select blocks-after page) (times-after page)))
(assert (marks-are-removed before after result))
(assert (each-page-once (dirty before) blocks page))
(assert (nothing-new (dirty before) page))
; refute
(assert (not (and (each-page-once (dirty after) blocks-after page) (nothing-new (dirty after) page))))
(check-sat)
(pop 1)

; A call takes at least one from the number of dirty pages: the first page of its block.
(push 1)
;? (assert (= first (get-last result) #x0000000000000000))
;?vacuity (assert (= after (small-vm 1 true true true (store no-page #x0000000000000001 true))))
(define-fun without-first () Pages (store (dirty before) first false))
(assert (marks-are-removed before after result))
(assert (select (dirty before) first))
(assert (bvule first (get-last result)))
(assert (not (select (dirty before) #xffffffffffffffff))) ; it does not exist
(assert (law-of-one-page (dirty before) first false)) ; as the_laws_of_counting_hold proves
(assert (law-of-a-part without-first (dirty after)))
(assert (not (= (card (dirty before)) #x0000000000000000))) ; as a_set_with_a_page_counts_at_least_one proves
; refute
(assert (not (bvult (card (dirty after)) (card (dirty before)))))
(check-sat)
(pop 1)

; So a call keeps: no more pages are dirty than calls are left. At the beginning they are as many.
(push 1)
(assert (calls-suffice (dirty before) calls-left))
(assert (bvult (card (dirty after)) (card (dirty before))))
; refute
(assert (not (and (calls-suffice begin (card begin))
                  (calls-suffice (dirty after) (bvsub calls-left #x0000000000000001)) (bvuge calls-left #x0000000000000001))))
(check-sat)
(pop 1)

; When no calls are left nothing is dirty, and each page that was dirty was in one block.
(push 1)
;?vacuity (assert (= after (small-vm 1 true true true no-page)))
(assert (calls-suffice (dirty after) #x0000000000000000))
(assert (each-page-once (dirty after) blocks page))
; As a_set_with_a_page_counts_at_least_one proves.
(assert (=> (select (dirty after) page) (not (= (card (dirty after)) #x0000000000000000))))
; refute
(assert (not (and (not (select (dirty after) page)) (= (select blocks page) (ite (select begin page) 1 0)))))
(check-sat)
(pop 1)
