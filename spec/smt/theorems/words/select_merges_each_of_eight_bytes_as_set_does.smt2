; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: Each of the 8 bytes of the word is what SET makes of that byte of the old and that byte of the new values.
; function: Words.Select
; expect: unsat
; uses: set words
; breakage: words.smt2: "(bvor (bvand old (bvnot in-each-byte)) (bvand value in-each-byte))" -> "(bvor old (bvand value in-each-byte))"
(declare-const old Word)
(declare-const value Word)
(declare-const selected Byte)
(declare-const shift Word)
(define-fun byte-of ((word Word)) Byte ((_ extract 7 0) (bvlshr word shift)))
(assert (and (bvult shift #x0000000000000040) (= (bvand shift #x0000000000000007) #x0000000000000000)))
; refute
(assert (not (= (byte-of (words-select old value selected)) (merged (byte-of old) (byte-of value) selected))))
(check-sat)
