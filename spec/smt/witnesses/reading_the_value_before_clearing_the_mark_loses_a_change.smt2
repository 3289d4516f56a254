; SPDX-License-Identifier: MIT
; guarantee: G8, G9, CONCURRENCY-1
; claim: If GET reads the value before it clears the mark, a change between the two is lost.
; expect: sat
; uses:
(set-logic ALL)
; The page: its attributes, its dirty mark. Its value before and after the ESSA are two different ones.
(declare-const old (_ BitVec 8))
(declare-const new (_ BitVec 8))
(assert (not (= old new)))

; ESSA takes two steps: it changes the attributes, and it marks the page. GET takes two: it clears the mark, and it reads the value.
; When each of the four happens, in any order of the steps of the two.
(declare-const change Int)
(declare-const mark Int)
(declare-const clear Int)
(declare-const read Int)
(assert (distinct change mark clear read))

; What GET sends, and whether the page is dirty at the end: the mark that was made is there unless it was cleared after that.
(define-fun sent () (_ BitVec 8) (ite (< read change) old new))
(define-fun dirty-at-the-end () Bool (< clear mark))
; Nothing is lost if the page is sent again, or was sent as it is now.
(define-fun nothing-is-lost () Bool (or dirty-at-the-end (= sent new)))

(assert (< read clear))
(assert (< change mark))
(assert (not nothing-is-lost))
(assert (and (<= 1 change 4) (<= 1 mark 4) (<= 1 clear 4) (<= 1 read 4)))
(check-sat)
(get-value (change mark clear read old new))
