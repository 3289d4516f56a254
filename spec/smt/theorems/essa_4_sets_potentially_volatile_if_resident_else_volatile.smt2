; SPDX-License-Identifier: MIT
; guarantee: G8, G11
; claim: ORC 4 makes a resident page potentially volatile; one that is not becomes volatile and logically zero. No other page changes.
; expect: unsat
; uses: essa invariants
; breakage: essa.smt2: "(ite (= held resident) potentially-volatile volatile)" -> "potentially-volatile"
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
;?   (state true 1 true true true (slots vm) (exist vm) (store all-stable #x0000000000000000 (bvand old-attributes attribute-bits))
;?     (store all-resident #x0000000000000000 old-content) (dirty vm)))))
(assert (attributes-are-usage-and-no-dat before))
(assert (= (essa-orc arguments) #x00000004))
(assert (essa before arguments after success result))
; refute
(assert (not (and (= new-attributes (bvor (bvand old-attributes #x40) (ite (= old-content resident) #x02 #x03)))
  (= new-content (ite (= old-content resident) resident logically-zero))
                  (=> (not (= other-page page))
                      (and (= (select (attributes after) other-page) (select (attributes before) other-page))
                           (= (select (content after) other-page) (select (content before) other-page)))))))
(check-sat)
