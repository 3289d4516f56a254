; SPDX-License-Identifier: MIT
; guarantee: G1, G9
; claim: The laws of card.smt2 hold of counting: by induction over the pages from 0 on, where each page that is a member counts one more.
; expect: unsat
; uses: card
; breakage: card.smt2: "(bvadd (card one) (card other))" -> "(bvadd (card one) (card one))"
; breakage: card.smt2: "(= (card set) length)" -> "(= (card set) first)"
; breakage: card.smt2: "(bvule (card part) (card whole))" -> "(bvult (card part) (card whole))"
; breakage: itself: "(define-fun counts ((set Pages)) (_ BitVec 64) (bvadd (below set)" -> "(define-fun counts ((set Pages)) (_ BitVec 64) (bvsub (below set)"
; How many members of a set lie below the page n, and how many do not lie above it. Below page 0 lie none, and the page n counts one if it is
; a member. That is counting: for n = 2^64 - 1 the second is the number of members modulo 2^64, which is card.
(declare-fun below (Pages) (_ BitVec 64))
(declare-const n Gfn)
(define-fun last-page () Gfn #xffffffffffffffff)
(define-fun one-if ((member Bool)) (_ BitVec 64) (ite member #x0000000000000001 #x0000000000000000))
(define-fun counts ((set Pages)) (_ BitVec 64) (bvadd (below set) (one-if (select set n))))
(declare-const set Pages)
(declare-const other Pages)
(declare-const whole Pages)
(declare-const page Gfn)
(declare-const member Bool)
(declare-const first Gfn)
(declare-const length Gfn)
(define-fun changed () Pages (store set page member))
(define-fun two-parts-at ((page Gfn)) Bool
  (and (= (select whole page) (or (select set page) (select other page))) (not (and (select set page) (select other page)))))
(define-fun part-at ((page Gfn)) Bool (=> (select set page) (select whole page)))
(define-fun range-at ((page Gfn)) Bool (= (select set page) (and (bvule first page) (bvult (bvsub page first) length))))
; What is true of the members below n, and then has to be true of those below n + 1. At n = 0 it is true: all are 0.
(define-fun one-page-below ((count (_ BitVec 64)) (count-changed (_ BitVec 64)) (page-counts Bool)) Bool
  (= count-changed (ite page-counts (bvadd (bvsub count (one-if (select set page))) (one-if member)) count)))
; Of a range the pages from its first one to the end n are below n, if it is not shorter than that.
(define-fun range-below ((count (_ BitVec 64)) (n Gfn)) Bool
  (= count (ite (bvule n first) #x0000000000000000 (ite (bvult (bvsub n first) length) (bvsub n first) length))))

; At n = 0.
(push 1)
(define-fun none () (_ BitVec 64) #x0000000000000000)
; refute
(assert (not (and (one-page-below none none (bvult page none)) (= none (bvadd none none)) (bvule none none) (range-below none none))))
(check-sat)
(pop 1)

; One page.
(push 1)
(assert (one-page-below (below set) (below changed) (bvult page n)))
; refute
(assert (not (one-page-below (counts set) (counts changed) (bvule page n))))
(check-sat)
(pop 1)

; Two parts.
(push 1)
(assert (=> (forall ((page Gfn)) (=> (bvult page n) (two-parts-at page))) (= (below whole) (bvadd (below set) (below other)))))
(assert (forall ((page Gfn)) (=> (bvule page n) (two-parts-at page))))
; refute
(assert (not (= (counts whole) (bvadd (counts set) (counts other)))))
(check-sat)
(pop 1)

; No more than n members lie below n. So nothing carries, but where n is the last page of all.
(push 1)
(assert (bvule (below set) n))
(assert (bvult n last-page))
; refute
(assert (not (bvule (counts set) (bvadd n #x0000000000000001))))
(check-sat)
(pop 1)

; A part.
(push 1)
(assert (=> (forall ((page Gfn)) (=> (bvult page n) (part-at page))) (bvule (below set) (below whole))))
(assert (bvule (below whole) n))
(assert (bvult n last-page))
(assert (forall ((page Gfn)) (=> (bvule page n) (part-at page))))
; refute
(assert (not (bvule (counts set) (counts whole))))
(check-sat)
(pop 1)

; A range, which ends at the last page of all or before.
(push 1)
(assert (bvule length (bvsub last-page first)))
(assert (range-below (below set) n)) ; the pages below n are as they have to be, and so is this one:
(assert (range-at n))
(assert (bvult n last-page))
; refute
(assert (not (range-below (counts set) (bvadd n #x0000000000000001))))
(check-sat)
(pop 1)

; When n is the last page, all pages are counted, and the laws hold as card.smt2 writes them. The empty set has no member below any page:
; its law, and those of the others, follow from what is true of the members below n.
(assert (= n last-page))
(push 1)
(assert (= (card no-page) (counts no-page)))
(assert (= (below no-page) #x0000000000000000))
; refute
(assert (not law-of-the-empty-set))
(check-sat)
(pop 1)
(push 1)
(assert (one-page-below (below set) (below changed) (bvult page n)))
(assert (and (= (card set) (counts set)) (= (card changed) (counts changed))))
; refute
(assert (not (law-of-one-page set page member)))
(check-sat)
(pop 1)
(push 1)
(assert (=> (forall ((page Gfn)) (=> (bvult page n) (two-parts-at page))) (= (below whole) (bvadd (below set) (below other)))))
(assert (and (= (card set) (counts set)) (= (card other) (counts other)) (= (card whole) (counts whole))))
; refute
(assert (not (law-of-two-parts whole set other)))
(check-sat)
(pop 1)
(push 1)
(assert (=> (forall ((page Gfn)) (=> (bvult page n) (part-at page))) (bvule (below set) (below whole))))
(assert (bvule (below whole) n))
(assert (and (= (card set) (counts set)) (= (card whole) (counts whole))))
; refute
(assert (not (law-of-a-part whole set)))
(check-sat)
(pop 1)
(push 1)
;? (assert (or (and (or (= set no-page) (= set ((as const Pages) true))) (= length #x0000000000000000))
;?   (and (= set (store no-page last-page true)) (= first last-page) (= length #x0000000000000002))))
(assert (=> (and (bvule length (bvsub last-page first)) (forall ((page Gfn)) (=> (bvult page n) (range-at page)))) (range-below (below set) n)))
(assert (= (card set) (counts set)))
; refute
(assert (not (law-of-a-range set first length)))
(check-sat)
(pop 1)
