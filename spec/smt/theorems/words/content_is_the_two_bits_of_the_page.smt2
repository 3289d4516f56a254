; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: It is the two bits of the page in a byte of four pages; of its number the two low bits count.
; function: Words.Content
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(bvand (bvlshr (as-int four) (words-content-shift page)) #x00000003)" -> "(bvand (bvlshr (as-int four) (words-content-shift page)) #x00000001)"
; A page's content in a byte of four: two bits, page by page from the lowest.
(define-fun content-of ((b (_ BitVec 8)) (page Word)) (_ BitVec 2)
  (ite (= ((_ extract 1 0) page) #b00) ((_ extract 1 0) b)
  (ite (= ((_ extract 1 0) page) #b01) ((_ extract 3 2) b)
  (ite (= ((_ extract 1 0) page) #b10) ((_ extract 5 4) b)
       ((_ extract 7 6) b)))))
(declare-const four (_ BitVec 8))
(declare-const page Word)
; refute
(assert (not (= (words-content four page) (concat #b000000 (content-of four page)))))
(check-sat)
