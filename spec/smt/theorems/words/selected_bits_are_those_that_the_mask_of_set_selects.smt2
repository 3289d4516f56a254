; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: They are the attribute bits that SET takes from its mask.
; function: Words.SelectedBits
; expect: unsat
; uses: set words
; breakage: words.smt2: "(bvlshr mask #x0000000000000018)" -> "(bvlshr mask #x0000000000000017)"
(declare-const mask Word)
; refute
(assert (not (= (words-selected-bits mask) (selected-bits mask))))
(check-sat)
