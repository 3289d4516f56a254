; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: For 0 to 64 each, a bit of the word is set if and only if its position is at least the first number and below the second.
; function: Words.BitsBetween
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(bvand (words-bits-below to) (bvnot (words-bits-below from)))" -> "(bvxor (words-bits-below to) (words-bits-below from))"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const from Number)
(declare-const to Number)
(declare-const any Number)
(assert (bvule from #x00000040))
(assert (bvule to #x00000040))
(assert (bvult any #x00000040))
; refute
(assert (not (= (bit (words-bits-between from to) any) (and (bvule from any) (bvult any to)))))
(check-sat)
