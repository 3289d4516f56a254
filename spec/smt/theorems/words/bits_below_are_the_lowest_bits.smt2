; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: For 0 to 64, a bit of the word is set if and only if its position is below the count.
; function: Words.BitsBelow
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(bvslt count-of-bits #x00000040)" -> "(bvsle count-of-bits #x00000040)"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const count-of-bits Number)
(declare-const any Number)
(assert (bvule count-of-bits #x00000040))
(assert (bvult any #x00000040))
; refute
(assert (not (= (bit (words-bits-below count-of-bits) any) (bvult any count-of-bits))))
(check-sat)
