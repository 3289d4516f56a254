; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: What the model takes for the count of trailing zeros is the position of the lowest set bit, or 64 of the word 0.
; function: BitOperations.TrailingZeroCount
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(zeros-below-if w8 #x0000000000000004 #x000000000000000f)" -> "(zeros-below-if w8 #x0000000000000004 #x0000000000000007)"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const word Word)
(declare-const any Number)
(define-fun zeros-found () Number (words-trailing-zero-count word))
; refute
(assert (not (and (=> (= word #x0000000000000000) (= zeros-found #x00000040))
                  (=> (not (= word #x0000000000000000)) (and (bvult zeros-found #x00000040) (bit word zeros-found)))
                  (=> (bvult any zeros-found) (not (bit word any))))))
(check-sat)
