; SPDX-License-Identifier: MIT
; uses: state
; The number of pages in a set, for memory of any size: SMT-LIB's arrays have no such function, so it is left uninterpreted.
; What a proof needs of it is stated here as laws, each a truth of counting modulo 2^64; a proof asserts the instances that it uses.
; theorems/the_laws_of_counting_hold.smt2 proves them, by induction over the pages.
(declare-fun card (Pages) (_ BitVec 64))

; No page: none to count.
(define-fun law-of-the-empty-set () Bool (= (card no-page) #x0000000000000000))

; One store counts one more, one less, or the same.
(define-fun law-of-one-page ((set Pages) (page Gfn) (member Bool)) Bool
  (= (card (store set page member))
     (bvadd (bvsub (card set) (ite (select set page) #x0000000000000001 #x0000000000000000)) ; sum: COUNT-OF-ONE-PAGE
            (ite member #x0000000000000001 #x0000000000000000))))

; A set that is split into two parts counts as both together.
(define-fun law-of-two-parts ((whole Pages) (one Pages) (other Pages)) Bool
  (=> (forall ((page Gfn))
        (and (= (select whole page) (or (select one page) (select other page)))
             (not (and (select one page) (select other page)))))
      (= (card whole) (bvadd (card one) (card other)))))              ; sum: COUNT-OF-TWO-PARTS

; A part of a set does not count more than the set, unless that is the set of all 2^64 pages, whose count carries: the last page of all
; stands for the others here, for it is never one that exists.
(define-fun law-of-a-part ((whole Pages) (part Pages)) Bool
  (=> (and (forall ((page Gfn)) (=> (select part page) (select whole page))) (not (select whole #xffffffffffffffff)))
      (bvule (card part) (card whole))))

; So many pages in a row count so many.
(define-fun law-of-a-range ((set Pages) (first Gfn) (length Gfn)) Bool
  (=> (forall ((page Gfn)) (= (select set page) (in-range page first length)))
      (=> (bvule length (bvsub #xffffffffffffffff first)) (= (card set) length)))) ; difference: ROOM-ABOVE
