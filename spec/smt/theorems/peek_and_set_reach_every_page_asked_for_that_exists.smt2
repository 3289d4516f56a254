; SPDX-License-Identifier: MIT
; guarantee: G14
; claim: An answer of PEEK covers every page from start_gfn on, up to count (1048576 at most) or the first page that does not exist; and a SET that succeeds gives each of count pages its merged value.
; expect: unsat
; uses: peek set invariants
; breakage: peek.smt2: "(not (select (exist before) (bvadd last #x0000000000000001)))" -> "true"
; breakage: set.smt2: "(bvand ((_ extract 31 24) mask) attribute-bits)" -> "#x00"
; breakage: peek.smt2: "(= (get-first result) start)" -> "true"
(declare-const before State)
(declare-const after State)
(declare-const page Gfn)
;? (assert (= before (small-vm 1 true true true page-0)))
(assert (pages-lie-below-the-end-of-memory before))

; PEEK. Its answer begins at start_gfn.
(push 1)
(declare-const arguments get-arguments)
(declare-const result get-result)
(define-fun start () Gfn (start-gfn (get-log arguments)))
(define-fun most () Gfn
  ((_ zero_extend 32) (ite (bvult (count (get-log arguments)) #x00100000) (count (get-log arguments)) #x00100000)))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (get-log arguments) (log #x0000000000000000 #x00000003 peek-flag #x0000000000000000 #x0000000000000000)))
(assert (peek before arguments after success result))
(assert (is-answer success result))
(push 1)
; refute
(assert (not (and (= (start-gfn (get-log-after result)) start) (= (get-first result) start) (bvule start (get-last result))
                  (bvule (walked result) most))))
(check-sat)
(pop 1)

; Every page of it exists, and it is as long as it can be.
(push 1)
; refute
(assert (not (and (=> (and (bvule start page) (bvule page (get-last result))) (select (exist before) page))
                  (or (= (walked result) most) (not (select (exist before) (bvadd #x0000000000000001 (get-last result))))))))
(check-sat)
(pop 1)

; The count that it answers is that of its pages, and each byte is that of its page.
(push 1)
(declare-const index (_ BitVec 64))
(assert (bvule (walked result) #x0000000000100000)) ; as the question above proves
(assert (bvult index (walked result)))
; refute
(assert (not (and (= ((_ zero_extend 32) (count (get-log-after result))) (walked result))
                  (= (select (get-buffer-after result) index) (select (attributes before) (bvadd (get-first result) index))))))
(check-sat)
(pop 1)
(pop 1)

; SET.
(push 1)
(declare-const arguments set-arguments)
(declare-const result set-result)
(define-fun start () Gfn (start-gfn (set-log arguments)))
(define-fun asked () Gfn ((_ zero_extend 32) (count (set-log arguments))))
(define-fun mask () Byte (bvand ((_ extract 31 24) (remaining-or-mask (set-log arguments))) #x43))
;? (assert (= (set-buffer arguments) ((as const (Array (_ BitVec 64) Byte)) #xff)))
;? (assert (= (set-log arguments) (log #x0000000000000000 #x00000002 no-flag #x00000000ff000000 #x0000000000000000)))
;? (assert (or (= (attributes after) all-stable) (= (attributes after) (store (store all-stable #x0000000000000000 #x43) #x0000000000000001 #x43))))
(assert (set before arguments after success result))
(assert (and (bvule start page) (bvult (bvsub page start) asked)))
; refute
(assert (not (and (select (exist before) page) (used after)
                  (= (select (attributes after) page)
                     (bvor (bvand (select (attributes before) page) (bvnot mask))
                           (bvand (select (set-buffer arguments) (bvsub page start)) mask))))))
(check-sat)
(pop 1)
