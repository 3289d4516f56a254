; SPDX-License-Identifier: MIT
; guarantee: G12, G14
; claim: PEEK from a page that exists, and SET, walk page by page to one place and no other: to the count, or to the first page that does not exist.
; expect: unsat
; uses: peek set invariants
; assumes: no_64_bit_sum_carries
; breakage: peek.smt2: "(= (get-first result) start)" -> "(= (get-first result) start) (used before)"
; breakage: peek.smt2: "(or (= (walked result) (get-limit arguments))" -> "(or false"
; breakage: set.smt2: "(or (= done (set-count arguments))" -> "(or false"
; breakage: set.smt2: "(bvule done (set-count arguments))" -> "(bvult done (set-count arguments))"
(declare-const s State)
(declare-const page Gfn)
;? (assert (= s (small-vm 1 true false true page-0)))
(assert (pages-lie-below-the-end-of-memory s))

; PEEK. It begins with the page at the start, if that exists; what is true before each further page: all so far exist, and there are no more than the count.
(declare-const to-peek get-arguments)
(define-fun start () Gfn (start-gfn (get-log to-peek)))
(define-fun most () Gfn
  ((_ zero_extend 32) (ite (bvult (count (get-log to-peek)) #x00100000) (count (get-log to-peek)) #x00100000)))
(declare-const last Gfn)
(define-fun peeked () get-result (get-returns (get-log to-peek) (get-buffer to-peek) start last))
(define-fun next () Gfn (bvadd last #x0000000000000001))
(define-fun all-exist-up-to ((last Gfn)) Bool (forall ((page Gfn)) (=> (and (bvuge page start) (bvuge last page)) (select (exist s) page))))
(declare-fun is-looked-at (Bool) Bool)

; A step to the next page keeps it.
(push 1)
(declare-const this Bool)
(assert (bvule start last))
(assert (all-exist-up-to last))
(assert (bvult last end-of-memory)) ; it exists
(assert (bvult (bvadd (bvsub last start) #x0000000000000001) most))
(assert (select (exist s) next))
(assert (= this (= page next)))
; refute
(assert (not (and (bvule start next) (bvule (bvadd (bvsub next start) #x0000000000000001) most)
                  (=> (and (bvuge page start) (bvuge next page)) (select (exist s) page)))))
(check-sat)
(pop 1)

; Where it goes no further, the walk is that of PEEK.
(push 1)
;? (assert (or (= (get-log to-peek) (log #x0000000000000000 #x00000001 peek-flag #x0000000000000000 #x0000000000000000))
;?   (= (get-log to-peek) (log #x0000000000000000 #x00000002 peek-flag #x0000000000000000 #x0000000000000000))))
;? (assert (or (= last #x0000000000000000) (= last #x0000000000000001)))
(assert (bvule start last))
(assert (all-exist-up-to last))
(assert (bvule (bvadd (bvsub last start) #x0000000000000001) most))
(assert (or (= (bvadd (bvsub last start) #x0000000000000001) most) (not (select (exist s) next))))
; refute
(assert (not (peek-walk s to-peek peeked)))
(check-sat)
(pop 1)

; There is no other.
(push 1)
(declare-const result get-result)
(declare-const other get-result)
;? (assert (= (get-log to-peek) (log #x0000000000000000 #x00000002 peek-flag #x0000000000000000 #x0000000000000000)))
(assert (peek-walk s to-peek result))
(assert (peek-walk s to-peek other))
(assert (is-looked-at (select (exist s) (get-last other))))
; refute
(assert (bvult (get-last result) (get-last other)))
(check-sat)
(pop 1)

; SET. What is true before each page: all so far exist, and there are no more than the count.
(declare-const to-set set-arguments)
(define-fun first () Gfn (start-gfn (set-log to-set)))
(define-fun asked () Gfn ((_ zero_extend 32) (count (set-log to-set))))
(assert (bvule asked #x0000000000100000)) ; SET-CHECK-4
(declare-const done Gfn)
(define-fun all-exist ((done Gfn)) Bool
  (forall ((page Gfn)) (=> (and (bvuge page first) (bvugt done (bvsub page first))) (select (exist s) page))))

; A step to the next page keeps it.
(push 1)
(declare-const this Bool)
(assert (all-exist done))
(assert (bvult done asked))
(assert (select (exist s) (bvadd first done)))
(assert (= this (= page (bvadd first done))))
; refute
(assert (not (and (bvule (bvadd done #x0000000000000001) asked)
                  (=> (and (bvuge page first) (bvugt (bvadd done #x0000000000000001) (bvsub page first))) (select (exist s) page)))))
(check-sat)
(pop 1)

; Where it goes no further, the walk is that of SET.
(push 1)
;? (assert (or (= (set-log to-set) (log #x0000000000000000 #x00000001 no-flag #x0000000000000000 #x0000000000000000))
;?   (= (set-log to-set) (log #x0000000000000000 #x00000002 no-flag #x0000000000000000 #x0000000000000000))))
;? (assert (or (= done #x0000000000000001) (= done #x0000000000000002)))
(assert (bvule done asked))
(assert (all-exist done))
(assert (or (= done asked) (not (select (exist s) (bvadd first done)))))
; refute
(assert (not (set-walk s to-set (set-returns (set-log to-set) done))))
(check-sat)
(pop 1)

; There is no other: the page where one stops would be one of the other.
(push 1)
(declare-const result set-result)
(declare-const other set-result)
;? (assert (= (set-log to-set) (log #x0000000000000000 #x00000002 no-flag #x0000000000000000 #x0000000000000000)))
(assert (set-walk s to-set result))
(assert (set-walk s to-set other))
(assert (bvule first (bvadd first (set-done result)))) ; as no_64_bit_sum_carries proves
(assert (is-looked-at (in-range (bvadd first (set-done result)) first (set-done other))))
; refute
(assert (bvult (set-done result) (set-done other)))
(check-sat)
(pop 1)
