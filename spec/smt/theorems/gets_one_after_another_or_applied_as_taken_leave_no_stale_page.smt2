; SPDX-License-Identifier: MIT
; guarantee: H6, G10
; claim: Of two GETs neither leaves a page stale and clean at the target, if one begins after the other has returned, or if their blocks are applied in the order in which the marks were taken.
; expect: unsat
; uses:
; breakage: itself: "(assert (< return-1 take-2))" -> "(assert (< read-1 take-2))"
; breakage: itself: "(assert (is-stale true))" -> "(assert (is-stale false))"
(set-logic ALL)
; The page: its attributes before and after the ESSA are two different ones. It is dirty at the beginning.
(declare-const old (_ BitVec 8))
(declare-const new (_ BitVec 8))
(assert (not (= old new)))

; ESSA changes the attributes, then it marks the page. Each GET takes the mark, then it reads the value, then it returns. When each happens.
(declare-const change Int)
(declare-const mark Int)
(declare-const take-1 Int)
(declare-const read-1 Int)
(declare-const return-1 Int)
(declare-const take-2 Int)
(declare-const read-2 Int)
(declare-const return-2 Int)
(assert (distinct change mark take-1 read-1 return-1 take-2 read-2 return-2))
(assert (< change mark))
(assert (< take-1 read-1 return-1))
(assert (< take-2 read-2 return-2))
(assert (< take-1 take-2)) ; the first is the one that takes first

; The first GET takes the mark of the beginning. The second has the page in its block if ESSA marked it between the two.
(define-fun second-has-it () Bool (< take-1 mark take-2))
(define-fun dirty-at-the-end () Bool (< take-2 mark))
(define-fun value-1 () (_ BitVec 8) (ite (< read-1 change) old new))
(define-fun value-2 () (_ BitVec 8) (ite (< read-2 change) old new))
; What the target has when the blocks are applied in one order or the other.
(define-fun target ((second-is-last Bool)) (_ BitVec 8) (ite (and second-has-it second-is-last) value-2 value-1))
(define-fun is-stale ((second-is-last Bool)) Bool (and (not dirty-at-the-end) (not (= (target second-is-last) new))))

; One after another.
(push 1)
(assert (< return-1 take-2))
; refute
(assert (is-stale (< return-1 return-2)))
(check-sat)
(pop 1)

; They overlap, and are applied as taken.
(push 1)
; refute
(assert (is-stale true))
(check-sat)
(pop 1)
