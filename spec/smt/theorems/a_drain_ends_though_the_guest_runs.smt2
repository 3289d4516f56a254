; SPDX-License-Identifier: MIT
; guarantee: G9
; claim: With Used on and count above 0, GET after GET that succeeds, and k ESSAs more between them: as many calls as pages were dirty at the beginning, and k more, are enough, for each call takes one at least from the number of dirty pages and of ESSAs to come.
; expect: unsat
; uses: get essa
; assumes: no_more_than_2_to_52_pages_exist the_laws_of_counting_hold a_drain_sends_each_dirty_page_once
; breakage: essa.smt2: "(store (dirty before) page true)" -> "(store (store (dirty before) page true) (bvadd page #x0000000000000001) true)"
; breakage: itself: "(calls-suffice after (bvsub essas-left #x0000000000000001) calls-left)" -> "(calls-suffice after essas-left calls-left)"
(declare-const before State)
(declare-const after State)
; ESSAs to come, and calls that may be needed: the measure is the number of dirty pages and of ESSAs to come.
(declare-const essas-left (_ BitVec 64))
(declare-const calls-left (_ BitVec 64))
(define-fun measure ((s State) (essas (_ BitVec 64))) (_ BitVec 64) (bvadd (card (dirty s)) essas))
(define-fun calls-suffice ((s State) (essas (_ BitVec 64)) (calls (_ BitVec 64))) Bool (bvule (measure s essas) calls))
(assert (bvule (card (dirty before)) end-of-memory)) ; as no_more_than_2_to_52_pages_exist proves
(assert (bvule (card (dirty after)) end-of-memory))
(assert (bvule essas-left #x7fffffffffffffff)) ; a guest does not live to do more

; At the beginning as many calls are left as the measure says.
(push 1)
; refute
(assert (not (calls-suffice before essas-left (measure before essas-left))))
(check-sat)
(pop 1)

; An ESSA, whatever its outcome, makes no more than its page dirty: it takes one from the ESSAs to come, and adds one page at most.
(push 1)
(declare-const arguments essa-arguments)
(declare-const outcome Outcome)
(declare-const result essa-result)
;? (assert (= before (small-vm 1 true true true no-page)))
;? (assert (= essas-left #x0000000000000001))
;? (assert (= (card (dirty before)) #x0000000000000000))
;? (assert (= arguments (essa-of #x0000000000000000 #x00000001)))
(assert (essa before arguments after outcome result))
(assert (not (= essas-left #x0000000000000000)))
(assert (calls-suffice before essas-left calls-left))
(assert (law-of-one-page (dirty before) (essa-gfn arguments) true)) ; as the_laws_of_counting_hold proves
; refute
(assert (not (calls-suffice after (bvsub essas-left #x0000000000000001) calls-left)))
(check-sat)
(pop 1)

; A GET that succeeds takes one page at least, if one is dirty; if none is, it ends the drain or waits for the next ESSA.
(push 1)
(assert (bvult (card (dirty after)) (card (dirty before)))) ; as a_drain_sends_each_dirty_page_once proves
(assert (calls-suffice before essas-left calls-left))
; refute
(assert (not (and (calls-suffice after essas-left (bvsub calls-left #x0000000000000001)) (bvuge calls-left #x0000000000000001))))
(check-sat)
(pop 1)

; When no calls are left, no ESSA is to come, and nothing is dirty.
(push 1)
(assert (calls-suffice before essas-left #x0000000000000000))
; refute
(assert (not (and (= (card (dirty before)) #x0000000000000000) (= essas-left #x0000000000000000))))
(check-sat)
(pop 1)
