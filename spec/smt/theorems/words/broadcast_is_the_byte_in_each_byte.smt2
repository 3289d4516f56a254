; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: Each of the 8 bytes of the word is the byte.
; function: Words.Broadcast
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "#x0101010101010101" -> "#x0101010101010001"
(declare-const value (_ BitVec 8))
(declare-const shift Word)
(assert (and (bvult shift #x0000000000000040) (= (bvand shift #x0000000000000007) #x0000000000000000)))
; refute
(assert (not (= ((_ extract 7 0) (bvlshr (words-broadcast value) shift)) value)))
(check-sat)
