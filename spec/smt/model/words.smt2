; SPDX-License-Identifier: MIT
; The bit tricks of the fast machine (src/Optimized/Words.cs), each as it stands there, to be compared with what it is for. The function
; Words.NextSet is words-next-set, and so on; ulong and long are 64 bits, int is 32, byte and PageContent are 8.
; They need nothing but bit vectors, so a file can use them with bit-vectors.smt2, or after state.smt2.
(define-sort Word () (_ BitVec 64))
(define-sort Number () (_ BitVec 32))
(define-fun as-long ((number Number)) (_ BitVec 64) ((_ sign_extend 32) number))
(define-fun as-int ((b (_ BitVec 8))) Number ((_ zero_extend 24) b))
(define-fun as-byte ((number Number)) (_ BitVec 8) ((_ extract 7 0) number))

; What the processor counts: zeros below the lowest set bit, and above the highest; of 0: 64.
; Halving: are the lowest 32 bits zero, then of what is left the lowest 16, and so on.
(define-fun zeros-below-if ((word Word) (zeros Word) (mask Word)) Word
  (ite (= (bvand word mask) #x0000000000000000) zeros #x0000000000000000))
(define-fun words-trailing-zero-count ((word Word)) Number
  (let ((by-32 (zeros-below-if word #x0000000000000020 #x00000000ffffffff))) (let ((w32 (bvlshr word by-32)))
  (let ((by-16 (zeros-below-if w32 #x0000000000000010 #x000000000000ffff))) (let ((w16 (bvlshr w32 by-16)))
  (let ((by-8 (zeros-below-if w16 #x0000000000000008 #x00000000000000ff))) (let ((w8 (bvlshr w16 by-8)))
  (let ((by-4 (zeros-below-if w8 #x0000000000000004 #x000000000000000f))) (let ((w4 (bvlshr w8 by-4)))
  (let ((by-2 (zeros-below-if w4 #x0000000000000002 #x0000000000000003))) (let ((w2 (bvlshr w4 by-2)))
  (let ((by-1 (zeros-below-if w2 #x0000000000000001 #x0000000000000001)))
    (ite (= word #x0000000000000000) #x00000040 ((_ extract 31 0) (bvor by-32 by-16 by-8 by-4 by-2 by-1)))))))))))))))
(define-fun zeros-above-if ((word Word) (zeros Word) (limit Word)) Word (ite (bvult word limit) zeros #x0000000000000000))
(define-fun words-leading-zero-count ((word Word)) Number
  (let ((by-32 (zeros-above-if word #x0000000000000020 #x0000000100000000))) (let ((w32 (bvshl word by-32)))
  (let ((by-16 (zeros-above-if w32 #x0000000000000010 #x0001000000000000))) (let ((w16 (bvshl w32 by-16)))
  (let ((by-8 (zeros-above-if w16 #x0000000000000008 #x0100000000000000))) (let ((w8 (bvshl w16 by-8)))
  (let ((by-4 (zeros-above-if w8 #x0000000000000004 #x1000000000000000))) (let ((w4 (bvshl w8 by-4)))
  (let ((by-2 (zeros-above-if w4 #x0000000000000002 #x4000000000000000))) (let ((w2 (bvshl w4 by-2)))
  (let ((by-1 (zeros-above-if w2 #x0000000000000001 #x8000000000000000)))
    (ite (= word #x0000000000000000) #x00000040 ((_ extract 31 0) (bvor by-32 by-16 by-8 by-4 by-2 by-1)))))))))))))))

; A shift takes the lowest 6 bits of its distance.
(define-fun words-bits-below ((count-of-bits Number)) Word
  (ite (bvslt count-of-bits #x00000040)
       (bvsub (bvshl #x0000000000000001 ((_ zero_extend 32) (bvand count-of-bits #x0000003f))) #x0000000000000001)
       #xffffffffffffffff))
(define-fun words-bits-between ((from Number) (to Number)) Word
  (bvand (words-bits-below to) (bvnot (words-bits-below from))))
(define-fun words-next-set ((word Word) (from Number)) Number
  (words-trailing-zero-count (bvand word (bvnot (words-bits-below from)))))
(define-fun words-end-of-set ((word Word)) Number (bvsub #x00000040 (words-leading-zero-count word)))

; Runs of 2, of 4, of 8, of 16.
(define-fun words-starts-of-16 ((clear Word)) Word
  (let ((of-2 (bvand clear (bvlshr clear #x0000000000000001))))
  (let ((of-4 (bvand of-2 (bvlshr of-2 #x0000000000000002))))
  (let ((of-8 (bvand of-4 (bvlshr of-4 #x0000000000000004))))
    (bvand of-8 (bvlshr of-8 #x0000000000000008))))))
(define-fun words-end-of-block ((marks Word) (clean-before (_ BitVec 64))) Number
  (ite (bvsge (bvadd clean-before (as-long (words-trailing-zero-count marks))) #x0000000000000010)
       #x00000000
       (words-trailing-zero-count (words-starts-of-16 (bvnot marks)))))

(define-fun words-broadcast ((value (_ BitVec 8))) Word (bvmul ((_ zero_extend 56) value) #x0101010101010101))
(define-fun words-select ((old Word) (value Word) (selected (_ BitVec 8))) Word
  (let ((in-each-byte (words-broadcast selected)))
    (bvor (bvand old (bvnot in-each-byte)) (bvand value in-each-byte))))
(define-fun words-selected-bits ((mask Word)) (_ BitVec 8)
  ((_ extract 7 0) (bvand (bvlshr mask #x0000000000000018) #x0000000000000043)))

; Four contents in a byte.
(define-fun words-content-shift ((page Word)) Number
  (bvshl ((_ extract 31 0) (bvand page #x0000000000000003)) #x00000001))
(define-fun words-content ((four (_ BitVec 8)) (page Word)) (_ BitVec 8)
  (as-byte (bvand (bvlshr (as-int four) (words-content-shift page)) #x00000003)))
(define-fun words-with-content ((four (_ BitVec 8)) (page Word) (held (_ BitVec 8))) (_ BitVec 8)
  (as-byte (bvor (bvand (as-int four) (bvnot (bvshl #x00000003 (words-content-shift page))))
                 (bvshl (as-int held) (words-content-shift page)))))
