; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: A bit of the word is set if and only if that bit and the 15 above it are set in the argument, all within the word.
; function: Words.StartsOf16
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(bvand of-8 (bvlshr of-8 #x0000000000000008))" -> "(bvand of-8 (bvlshr of-8 #x0000000000000007))"
; The bit at a position.
(define-fun bit ((word Word) (position Number)) Bool
  (= ((_ extract 0 0) (bvlshr word ((_ zero_extend 32) position))) #b1))
(declare-const clear Word)
(declare-const any Number)
(assert (bvult any #x00000040))
; The 16 bits from there on, one after the other.
(define-fun two-are-set ((from Number)) Bool (and (bit clear from) (bit clear (bvadd from #x00000001))))
(define-fun four-are-set ((from Number)) Bool (and (two-are-set from) (two-are-set (bvadd from #x00000002))))
(define-fun eight-are-set ((from Number)) Bool (and (four-are-set from) (four-are-set (bvadd from #x00000004))))
(define-fun sixteen-are-set ((from Number)) Bool (and (eight-are-set from) (eight-are-set (bvadd from #x00000008))))
; refute
(assert (not (= (bit (words-starts-of-16 clear) any) (sixteen-are-set any))))
(check-sat)
