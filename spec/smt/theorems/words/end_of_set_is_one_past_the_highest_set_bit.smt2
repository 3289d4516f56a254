; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: It is one past the position of the highest set bit, or 0 if there is none.
; function: Words.EndOfSet
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(bvsub #x00000040 (words-leading-zero-count word))" -> "(bvsub #x0000003f (words-leading-zero-count word))"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const word Word)
(declare-const any Number)
(define-fun found () Number (words-end-of-set word))
; refute
(assert (not (and (bvule found #x00000040)
                  (=> (not (= found #x00000000)) (bit word (bvsub found #x00000001)))
                  (=> (and (bvule found any) (bvult any #x00000040)) (not (bit word any))))))
(check-sat)
