; SPDX-License-Identifier: MIT
; guarantee: G4, G5
; claim: The page has the new content, the three others of the byte keep theirs.
; function: Words.WithContent
; expect: unsat
; uses: bit-vectors words
; breakage: words.smt2: "(bvnot (bvshl #x00000003 (words-content-shift page)))" -> "#xffffffff"
; A page's content in a byte of four: two bits, page by page from the lowest.
(define-fun content-of ((b (_ BitVec 8)) (page Word)) (_ BitVec 2)
  (ite (= ((_ extract 1 0) page) #b00) ((_ extract 1 0) b)
  (ite (= ((_ extract 1 0) page) #b01) ((_ extract 3 2) b)
  (ite (= ((_ extract 1 0) page) #b10) ((_ extract 5 4) b)
       ((_ extract 7 6) b)))))
(declare-const four (_ BitVec 8))
(declare-const page Word)
(declare-const held (_ BitVec 8))
(declare-const any Word)
(assert (bvule held #x03))
; refute
(assert (not (= (content-of (words-with-content four page held) any)
                (ite (= ((_ extract 1 0) any) ((_ extract 1 0) page)) ((_ extract 1 0) held) (content-of four any)))))
(check-sat)
