; SPDX-License-Identifier: MIT
; guarantee: H6
; claim: Two GETs overlap; blocks are applied in the order of return: the target is stale, and nothing is dirty.
; expect: sat
; uses:
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

(assert (is-stale (< return-1 return-2)))
(assert (and (<= 1 change 8) (<= 1 mark 8) (<= 1 take-1 8) (<= 1 read-1 8) (<= 1 return-1 8) (<= 1 take-2 8) (<= 1 read-2 8) (<= 1 return-2 8)))
(check-sat)
(get-value (take-1 read-1 change mark take-2 read-2 return-2 return-1 old new))
