; SPDX-License-Identifier: MIT
; uses: state
; The argument struct of the two ioctls, and the caller's memory (spec/clauses/abi.md).

; The five fields, in their widths: 8, 4, 4, 8 and 8 bytes. remaining and mask share their bytes. ABI-1, ABI-2
(declare-datatypes ((Log 0)) (((log
  (start-gfn (_ BitVec 64))
  (count (_ BitVec 32))
  (flags (_ BitVec 32))
  (remaining-or-mask (_ BitVec 64))
  (values-address (_ BitVec 64))))))

; The numbers of the two ioctls. ABI-3, ABI-4
(define-fun get-number () (_ BitVec 32) #xc020aeb8)
(define-fun set-number () (_ BitVec 32) #x4020aeb9)

; The flag PEEK, and the only one. ABI-5
(define-fun no-flag () (_ BitVec 32) #x00000000)
(define-fun peek-flag () (_ BitVec 32) #x00000001)
; 1048576: the most values of one call. ABI-6
(define-fun most-values () (_ BitVec 32) #x00100000)

; The bytes at the address in values, by their distance from it.
(define-sort Bytes () (Array (_ BitVec 64) Byte))

(define-fun zeros () Log (log #x0000000000000000 #x00000000 #x00000000 #x0000000000000000 #x0000000000000000))
