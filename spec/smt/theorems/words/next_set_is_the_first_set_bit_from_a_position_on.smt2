; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: For positions from 0 to 64, it is the lowest position from there on whose bit is set, or 64 if there is none.
; function: Words.NextSet
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(words-trailing-zero-count (bvand word (bvnot (words-bits-below from))))" -> "(words-trailing-zero-count (bvand word (bvnot (words-bits-below (bvadd from #x00000001)))))"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const word Word)
(declare-const from Number)
(declare-const any Number)
(define-fun found () Number (words-next-set word from))
(assert (bvule from #x00000040))
; refute
(assert (not (and (bvule from found) (bvule found #x00000040)
                  (=> (bvult found #x00000040) (bit word found))
                  (=> (and (bvule from any) (bvult any found)) (not (bit word any))))))
(check-sat)
