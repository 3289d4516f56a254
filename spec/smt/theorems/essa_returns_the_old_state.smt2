; SPDX-License-Identifier: MIT
; guarantee: G8
; claim: ESSA returns the usage before it in bits 2 and 3, the content in bits 0 and 1 (0 resident, 2 preserved, 3 logically zero) and no-DAT at 0x20, and no other bit.
; expect: unsat
; uses: essa
; breakage: essa.smt2: "(ite (= (bvand old no-dat) #x00) #x00 #x20)" -> "#x00"
; breakage: essa.smt2: "(ite (= held preserved) #x02 #x03)" -> "#x03"
(declare-const before State)
(declare-const after State)
(declare-const arguments essa-arguments)
(declare-const result essa-result)
(define-fun page () Gfn (essa-gfn arguments))
(define-fun old-attributes () Byte (select (attributes before) page))
(define-fun new-attributes () Byte (select (attributes after) page))
(define-fun old-content () Content (select (content before) page))
(define-fun new-content () Content (select (content after) page))
(declare-const other-page Gfn)
;? (assert (= before (let ((vm (small-vm 1 true true true page-0)))
;?   (state true 1 true true true (slots vm) (exist vm) (store all-stable #x0000000000000000 #x43)
;?     (store all-resident #x0000000000000000 preserved) (dirty vm)))))
(assert (essa before arguments after success result))
(define-fun r1 () Byte (essa-r1 result))
; refute
(assert (not (and (= ((_ extract 3 2) r1) ((_ extract 1 0) old-attributes))
                  (= ((_ extract 1 0) r1) (ite (= old-content resident) #b00 (ite (= old-content preserved) #b10 #b11)))
                  (= ((_ extract 5 5) r1) ((_ extract 6 6) old-attributes))
                  (= ((_ extract 4 4) r1) #b0) (= ((_ extract 7 6) r1) #b00))))
(check-sat)
