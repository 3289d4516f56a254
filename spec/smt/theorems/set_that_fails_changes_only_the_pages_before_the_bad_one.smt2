; SPDX-License-Identifier: MIT
; guarantee: G7, G14
; claim: A SET that fails changes nothing, unless it came to a page that does not exist, the first of those asked for: then the pages before that one have their merged values, the others are as before, and Used is on.
; expect: unsat
; uses: set
; breakage: set.smt2: "(not (select (exist before) (bvadd start done)))" -> "true"
; breakage: set.smt2: "(ite (in-range page start (set-done result))" -> "(ite true"
; breakage: set.smt2: "(ite (in-range page start (set-done result))" -> "(ite (and (in-range page start (set-done result)) (= outcome success))"
(declare-const before State)
(declare-const after State)
(declare-const arguments set-arguments)
(declare-const outcome Outcome)
(declare-const result set-result)
(declare-const page Gfn)
(define-fun start () Gfn (start-gfn (set-log arguments)))
(define-fun bad-page () Gfn (bvadd start (set-done result)))
(define-fun mask () Byte (bvand ((_ extract 31 24) (remaining-or-mask (set-log arguments))) #x43))
(define-fun before-the-bad-page () Bool (and (bvule start page) (bvult (bvsub page start) (set-done result))))
;? (assert (= before (small-vm 1 true false true page-0)))
;? (assert (= (set-start arguments) #x0000000000000000))
;? (assert (= (count (set-log arguments)) #x00000003))
;? (assert (= (set-buffer arguments) ((as const (Array (_ BitVec 64) Byte)) #xff)))
;? (assert (= (remaining-or-mask (set-log arguments)) #xffffffffffffffff))
;?breakage (assert (or (= (attributes after) all-stable) (= (attributes after) ((as const (Array Gfn Byte)) #x43))))
;?vacuity (assert (= (attributes after) (store (store all-stable #x0000000000000000 #x43) #x0000000000000001 #x43)))
(assert (set before arguments after outcome result))
(assert (not (= outcome success)))
(assert (not (= after before)))

; It came to a page that does not exist, and that is one of those asked for.
(push 1)
; refute
(assert (not (and (= outcome EFAULT) (used after) (not (select (exist before) bad-page))
                  (bvult (set-done result) ((_ zero_extend 32) (count (set-log arguments)))))))
(check-sat)
(pop 1)

; All before it exist.
(push 1)
; refute
(assert (not (=> before-the-bad-page (select (exist before) page))))
(check-sat)
(pop 1)

; They have their values, and no other page has changed.
(push 1)
; refute
(assert (not (= (select (attributes after) page)
                (ite before-the-bad-page
                     (bvor (bvand (select (attributes before) page) (bvnot mask))
                           (bvand (select (set-buffer arguments) (bvsub page start)) mask))
                     (select (attributes before) page)))))
(check-sat)
(pop 1)
