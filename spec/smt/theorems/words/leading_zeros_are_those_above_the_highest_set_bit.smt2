; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: What the model takes for the count of leading zeros is 63 less the position of the highest set bit, or 64 of the word 0.
; function: BitOperations.LeadingZeroCount
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(zeros-above-if w8 #x0000000000000004 #x1000000000000000)" -> "(zeros-above-if w8 #x0000000000000004 #x2000000000000000)"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const word Word)
(declare-const any Number)
(define-fun zeros-found () Number (words-leading-zero-count word))
; refute
(assert (not (and (=> (= word #x0000000000000000) (= zeros-found #x00000040))
                  (=> (not (= word #x0000000000000000)) (and (bvult zeros-found #x00000040) (bit word (bvsub #x0000003f zeros-found))))
                  (=> (bvult any zeros-found) (not (bit word (bvsub #x0000003f any)))))))
(check-sat)
