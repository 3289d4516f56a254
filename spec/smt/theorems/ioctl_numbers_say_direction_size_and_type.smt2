; SPDX-License-Identifier: MIT
; guarantee: ABI-1, ABI-2, ABI-3, ABI-4
; claim: The numbers of GET and SET are made of direction, size of the struct, type 0xAE and number, and the size is that of the five fields; remaining and mask are one field.
; expect: unsat
; uses: user-memory
; breakage: user-memory.smt2: "#xc020aeb8" -> "#x8020aeb8"
; breakage: user-memory.smt2: "#x4020aeb9" -> "#x4018aeb9"
; An ioctl number: direction (1 the kernel reads, 2 it writes, 3 both) in 2 bits, size in 14, type in 8, number in 8.
(define-fun ioctl ((direction (_ BitVec 2)) (size (_ BitVec 14)) (number (_ BitVec 8))) (_ BitVec 32)
  (concat direction size #xae number))
; The struct in memory: its fields one after another in their widths, here as one number of 32 bytes.
(define-fun in-memory ((it Log)) (_ BitVec 256)
  (concat (start-gfn it) (count it) (flags it) (remaining-or-mask it) (values-address it)))
(declare-const it Log)
(declare-const bytes (_ BitVec 14))
(assert (= bytes (bvudiv #b00000100000000 #b00000000001000))) ; 256 bits are 32 bytes
; refute
(assert (not (and (= get-number (ioctl #b11 bytes #xb8))
                  (= set-number (ioctl #b01 bytes #xb9))
                  (= ((_ extract 127 64) (in-memory it)) (remaining-or-mask it)))))
(check-sat)
